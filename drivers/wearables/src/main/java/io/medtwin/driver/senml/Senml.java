package io.medtwin.driver.senml;

import io.medtwin.driver.senml.SenmlException.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sensor Measurement Lists: between octets, entries and resolved records. Pure and without state.
 *
 * <p>Source: RFC 8428. A pack is at most 64 KiB and 16 levels; numbers have at most 40 digits and
 * an exponent within ±64.
 */
public final class Senml {

  private static final int VERSION = 10;
  private static final BigDecimal FIRST_ABSOLUTE = BigDecimal.valueOf(1L << 28);
  private static final BigDecimal LAST_ABSOLUTE = BigDecimal.valueOf(253_402_300_799L);

  private Senml() {}

  /** The entries of a pack as they stand there. */
  public static List<SenmlEntry> parse(byte[] octets, SenmlFormat format) throws SenmlException {
    return switch (format) {
      case JSON -> SenmlJson.parse(octets);
      case CBOR -> SenmlCbor.parse(octets);
    };
  }

  /**
   * The octets of a pack. Every entry comes back equal from {@link #parse}.
   *
   * @throws IllegalArgumentException a {@link SenmlValue.NoNumber} in JSON
   */
  public static byte[] write(List<SenmlEntry> entries, SenmlFormat format) {
    return switch (format) {
      case JSON -> SenmlJson.write(entries);
      case CBOR -> SenmlCbor.write(entries);
    };
  }

  /**
   * Records with base fields applied (RFC 8428 section 4.6), in order. Entries that only set base
   * fields vanish.
   *
   * @throws SenmlException one entry breaks a rule: nothing of the pack may be used
   */
  public static List<SenmlRecord> resolve(List<SenmlEntry> entries, SenmlNames names)
      throws SenmlException {
    checkVersions(entries);
    var records = new ArrayList<SenmlRecord>();
    var base = Base.NONE;
    for (var entry : entries) {
      base = base.with(entry);
      if (entry.value() != null || entry.sum() != null) {
        records.add(base.resolve(entry, names));
      } else if (entry.name() != null
          || entry.unit() != null
          || entry.time() != null
          || entry.updateSeconds() != null) {
        throw new SenmlException(
            Problem.NO_VALUE, "expected v, vs, vb, vd or s in a record that sets no base field");
      }
    }
    return records;
  }

  private static void checkVersions(List<SenmlEntry> entries) throws SenmlException {
    Integer said = null;
    for (var entry : entries) {
      var version = entry.version();
      if (version == null) {
        continue;
      }
      if (version > VERSION) {
        throw new SenmlException(
            Problem.UNSUPPORTED_VERSION, "expected version 10 or lower, got " + version);
      }
      if (said != null && !said.equals(version)) {
        throw new SenmlException(Problem.MALFORMED, "expected one version in a pack, got two");
      }
      said = version;
    }
  }

  /** Base fields in force. */
  private record Base(
      String name,
      @Nullable BigDecimal time,
      @Nullable String unit,
      @Nullable BigDecimal value,
      @Nullable BigDecimal sum) {

    static final Base NONE = new Base("", null, null, null, null);

    Base with(SenmlEntry entry) {
      return new Base(
          Objects.requireNonNullElse(entry.baseName(), name),
          entry.baseTime() == null ? time : entry.baseTime(),
          entry.baseUnit() == null ? unit : entry.baseUnit(),
          entry.baseValue() == null ? value : entry.baseValue(),
          entry.baseSum() == null ? sum : entry.baseSum());
    }

    SenmlRecord resolve(SenmlEntry entry, SenmlNames names) throws SenmlException {
      var localName = Objects.requireNonNullElse(entry.name(), "");
      names.check(name + localName);
      return new SenmlRecord(
          name,
          localName,
          entry.unit() == null ? unit : entry.unit(),
          entry.value() instanceof SenmlValue.Num(BigDecimal number)
              ? new SenmlValue.Num(plus(value, number))
              : entry.value(),
          entry.sum() == null ? null : plus(sum, entry.sum()),
          time(entry.time()),
          entry.updateSeconds());
    }

    private SenmlTime time(@Nullable BigDecimal own) throws SenmlException {
      if (time == null && own == null) {
        return SenmlTime.Unsaid.UNSAID;
      }
      var seconds = plus(time, own == null ? BigDecimal.ZERO : own);
      if (seconds.abs().compareTo(LAST_ABSOLUTE) > 0) {
        throw new SenmlException(Problem.MALFORMED, "expected a time before the year 10000");
      }
      return seconds.compareTo(FIRST_ABSOLUTE) >= 0
          ? new SenmlTime.Absolute(seconds)
          : new SenmlTime.Relative(seconds);
    }

    private static BigDecimal plus(@Nullable BigDecimal base, BigDecimal own) {
      return base == null ? own : base.add(own);
    }
  }
}
