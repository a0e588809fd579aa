package io.medtwin.twin.vocabulary;

import java.util.List;

/**
 * A word that the value of an enumeration can be.
 *
 * @param group enumeration: {@code infusing-status}
 * @param token as messages write it: {@code pump-status-infusing}
 * @param label what it means
 * @param twinValue the word in the twin; empty where it does not map to one word
 * @param sources see {@link Entry#sources}
 * @param note see {@link Entry#note}
 */
public record EnumWord(
    String group, String token, String label, String twinValue, List<String> sources, String note)
    implements Entry {

  public EnumWord {
    sources = List.copyOf(sources);
  }
}
