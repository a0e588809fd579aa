package io.medtwin.driver.senml;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in a pack, before base fields are applied. Null stands for a label that is
 * not there.
 *
 * @param version {@code bver}
 * @param baseName {@code bn}
 * @param baseTime {@code bt}, seconds
 * @param baseUnit {@code bu}
 * @param baseValue {@code bv}
 * @param baseSum {@code bs}
 * @param name {@code n}
 * @param unit {@code u}
 * @param value {@code v}, {@code vs}, {@code vb} or {@code vd}
 * @param sum {@code s}
 * @param time {@code t}, seconds
 * @param updateSeconds {@code ut}
 */
public record SenmlEntry(
    @Nullable Integer version,
    @Nullable String baseName,
    @Nullable BigDecimal baseTime,
    @Nullable String baseUnit,
    @Nullable BigDecimal baseValue,
    @Nullable BigDecimal baseSum,
    @Nullable String name,
    @Nullable String unit,
    @Nullable SenmlValue value,
    @Nullable BigDecimal sum,
    @Nullable BigDecimal time,
    @Nullable BigDecimal updateSeconds) {

  private static final SenmlEntry EMPTY =
      new SenmlEntry(null, null, null, null, null, null, null, null, null, null, null, null);

  /** A record that only sets the base name, such as {@code urn:dev:mac:0200000000004001:}. */
  public static SenmlEntry base(String baseName) {
    return new SenmlEntry(
        null, baseName, null, null, null, null, null, null, null, null, null, null);
  }

  /** A number with its unit, scale kept: {@code number("spo2", "/", new BigDecimal("0.97"))}. */
  public static SenmlEntry number(String name, String unit, BigDecimal number) {
    return EMPTY.with(name, unit, new SenmlValue.Num(number));
  }

  /** A text. */
  public static SenmlEntry text(String name, String text) {
    return EMPTY.with(name, null, new SenmlValue.Str(text));
  }

  /** A yes or no. */
  public static SenmlEntry bool(String name, boolean value) {
    return EMPTY.with(name, null, new SenmlValue.Bool(value));
  }

  /** Octets. */
  public static SenmlEntry data(String name, byte[] octets) {
    return EMPTY.with(name, null, new SenmlValue.Data(ByteBuffer.wrap(octets.clone())));
  }

  /** The same, and from here on this base name. */
  public SenmlEntry withBaseName(String newBaseName) {
    return new SenmlEntry(
        version,
        newBaseName,
        baseTime,
        baseUnit,
        baseValue,
        baseSum,
        name,
        unit,
        value,
        sum,
        time,
        updateSeconds);
  }

  /** The same, and from here on this base time: seconds since 1970, or less than 2^28 from now. */
  public SenmlEntry withBaseTime(BigDecimal seconds) {
    return new SenmlEntry(
        version,
        baseName,
        seconds,
        baseUnit,
        baseValue,
        baseSum,
        name,
        unit,
        value,
        sum,
        time,
        updateSeconds);
  }

  /** The same, and from here on this unit where a record has none. */
  public SenmlEntry withBaseUnit(String newBaseUnit) {
    return new SenmlEntry(
        version,
        baseName,
        baseTime,
        newBaseUnit,
        baseValue,
        baseSum,
        name,
        unit,
        value,
        sum,
        time,
        updateSeconds);
  }

  /** The same at a time: added to the base time; negative for the past. */
  public SenmlEntry at(BigDecimal seconds) {
    return new SenmlEntry(
        version,
        baseName,
        baseTime,
        baseUnit,
        baseValue,
        baseSum,
        name,
        unit,
        value,
        sum,
        seconds,
        updateSeconds);
  }

  private SenmlEntry with(String newName, @Nullable String newUnit, SenmlValue newValue) {
    return new SenmlEntry(
        version,
        baseName,
        baseTime,
        baseUnit,
        baseValue,
        baseSum,
        newName,
        newUnit,
        newValue,
        sum,
        time,
        updateSeconds);
  }
}
