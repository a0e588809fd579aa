package io.medtwin.twin.document;

import java.util.Collection;
import java.util.Comparator;

/** The known word that looks most like a mistyped one. */
public final class Suggestion {

  private Suggestion() {}

  /** {@code "; did you mean \"x\"?"}, or empty where nothing is near. */
  public static String of(String typed, Collection<String> words) {
    int near = Math.max(2, typed.length() / 3);
    return words.stream()
        .filter(word -> distance(typed, word) <= near)
        .min(Comparator.comparingInt(word -> distance(typed, word)))
        .map(word -> "; did you mean \"" + word + "\"?")
        .orElse("");
  }

  /** Levenshtein distance, letter case ignored. */
  private static int distance(String typed, String word) {
    var row = new int[word.length() + 1];
    for (int j = 0; j <= word.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= typed.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= word.length(); j++) {
        boolean same =
            Character.toLowerCase(typed.charAt(i - 1)) == Character.toLowerCase(word.charAt(j - 1));
        int changed = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[word.length()];
  }
}
