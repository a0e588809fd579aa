package io.medtwin.twin.profile;

import io.medtwin.spi.Absent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a value means as a model writes it, before anything is converted: first the words and
 * numbers that stand for "no value", then {@code number × scale + offset} in {@code unit}. All by
 * exact decimals.
 */
public final class Sent {

  /** A model that writes plain numbers with their unit. */
  public static final Sent PLAINLY = new Sent("", null, null, Map.of());

  private final String unit;
  private final @Nullable BigDecimal scale;
  private final @Nullable BigDecimal offset;
  private final Map<String, Absent.Reason> absent;
  private final Map<BigDecimal, Absent.Reason> absentNumbers = new HashMap<>();

  /**
   * What a model writes.
   *
   * @param unit unit of a number that comes without one (unit {@code 1}); empty where it comes with
   *     its unit
   * @param scale factor, or null for 1
   * @param offset what is added after scaling, or null for 0
   * @param absent why there is no value, for each word or number that says so
   */
  Sent(
      String unit,
      @Nullable BigDecimal scale,
      @Nullable BigDecimal offset,
      Map<String, Absent.Reason> absent) {
    this.unit = unit;
    this.scale = scale;
    this.offset = offset;
    this.absent = Map.copyOf(absent);
    absent.forEach(
        (text, reason) -> {
          if (isNumber(text)) {
            absentNumbers.put(new BigDecimal(text).stripTrailingZeros(), reason);
          }
        });
  }

  /** Whether a word or number of a profile is a number. */
  static boolean isNumber(String text) {
    return text.matches("-?\\d{1,18}(\\.\\d{1,18})?");
  }

  /** The unit of a number that came in {@code sent}, as the driver says. */
  public String unit(String sent) {
    return !unit.isEmpty() && sent.equals("1") ? unit : sent;
  }

  /** Unit of a number that comes without one; empty where none is stated. */
  public String unit() {
    return unit;
  }

  /** The number after scaling; the same object where nothing is to be scaled. */
  public BigDecimal amount(BigDecimal number) {
    var scaled = scale == null ? number : number.multiply(scale);
    return offset == null ? scaled : scaled.add(offset);
  }

  /** Why a number stands for "no value", or null where it is a number. */
  public Absent.@Nullable Reason absent(BigDecimal number) {
    return absentNumbers.isEmpty() ? null : absentNumbers.get(number.stripTrailingZeros());
  }

  /** Why a word stands for "no value", or null where it is a word. */
  public Absent.@Nullable Reason absent(String word) {
    return absent.isEmpty() ? null : absent.get(word);
  }

  /** Every word and number that stands for "no value". */
  public Map<String, Absent.Reason> absent() {
    return absent;
  }

  /** Always the same text for the same meaning. */
  @Override
  public String toString() {
    return unit + "|" + text(scale) + "|" + text(offset) + "|" + new TreeMap<>(absent);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sent sent && sent.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  private static String text(@Nullable BigDecimal number) {
    return number == null ? "" : number.toPlainString();
  }
}
