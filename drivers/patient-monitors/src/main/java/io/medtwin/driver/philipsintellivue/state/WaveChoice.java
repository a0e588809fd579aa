package io.medtwin.driver.philipsintellivue.state;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which waves are wanted, in order of priority, by the names of their readings.
 *
 * @param codes codes of the waves, at most {@value #MOST}, none twice
 */
public record WaveChoice(List<Integer> codes) {

  /** Most waves that may be asked for. */
  public static final int MOST = 16;

  private static final String BY_NUMBER = "wave-";

  public WaveChoice {
    codes = List.copyOf(codes);
  }

  /**
   * The choice that a text such as {@code ecg-ii, pleth} says; {@code wave-50ac} is one by its
   * number, an empty text leaves the monitor's own choice.
   *
   * @throws IllegalArgumentException naming the word that is no wave
   */
  public static WaveChoice parse(String text) {
    Map<String, Integer> known =
        Names.waves().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    var codes = new ArrayList<Integer>();
    for (var word : text.strip().split("[,\\s]+")) {
      if (word.isEmpty()) {
        continue;
      }
      var code = known.get(word);
      if (code == null) {
        code = byNumber(word, known);
      }
      if (!codes.contains(code)) {
        codes.add(code);
      }
    }
    if (codes.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " waves, got " + codes.size());
    }
    return new WaveChoice(codes);
  }

  private static int byNumber(String word, Map<String, Integer> known) {
    var digits = word.startsWith(BY_NUMBER) ? word.substring(BY_NUMBER.length()) : "";
    if (digits.length() == 4 && digits.chars().allMatch(HexFormat::isHexDigit)) {
      return HexFormat.fromHexDigits(digits);
    }
    throw new IllegalArgumentException(
        "a wave is one of "
            + new TreeSet<>(known.keySet())
            + " or wave-<4 hex digits>, not \""
            + word
            + "\"");
  }

  /** Those wanted that the monitor has, in order of priority. */
  public List<Integer> among(List<Integer> offered) {
    return codes.stream().filter(offered::contains).toList();
  }

  @Override
  public String toString() {
    return codes.stream().map(Names::wave).collect(Collectors.joining(", "));
  }
}
