package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.u32;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * What both ends want of an association, or are granted: 72 bytes behind the tag {@code 81 48},
 * more where one lists a support that is not known here.
 *
 * @param systemType {@link #CLIENT} or {@link #MONITOR}
 * @param startMode 20000000h cold; the monitor says 80000000h
 * @param minPollPeriodTicks longest time between two requests, by which the time-out is made
 * @param maxReceiveBytes largest message it takes
 * @param maxSendBytes largest message it sends
 * @param bandwidth largest rate it sends at, bits a second; FFFFFFFFh: any
 * @param options of polling in general
 * @param extendedOptions what may be polled: {@link #NUMERICS_EACH_SECOND}, {@link #WAVES}, ...
 */
public record UserInformation(
    long systemType,
    long startMode,
    long minPollPeriodTicks,
    long maxReceiveBytes,
    long maxSendBytes,
    long bandwidth,
    long options,
    long extendedOptions) {

  /** System type of who asks. */
  public static final long CLIENT = 0x80000000L;

  /** System type of who answers. */
  public static final long MONITOR = 0x00800000L;

  /** Extended option: numbers each second. */
  public static final long NUMERICS_EACH_SECOND = 0x80000000L;

  /** Extended option: waves. */
  public static final long WAVES = 0x08000000L;

  /** Extended option: enumerations. */
  public static final long ENUMERATIONS = 0x04000000L;

  /** Bytes it takes as written here. */
  static final int BYTES = 72;

  private static final long PROTOCOL_VERSION = 0x80000000L;
  private static final long NOMENCLATURE = 0x40000000L;
  private static final long POLL_PROFILE_REVISION = 0x80000000L;
  private static final int POLL_PROFILE = 0x0001;
  private static final int POLL_PROFILE_EXTENSION = 0xF001;
  private static final Duration SHORT = Duration.ofMillis(3_300);
  private static final Duration MIDDLE = Duration.ofSeconds(43);
  private static final Duration SHORT_TIME_OUT = Duration.ofSeconds(10);
  private static final Duration LONG_TIME_OUT = Duration.ofSeconds(130);

  /** Whether an extended option is asked for, or granted. */
  public boolean has(long extendedOption) {
    return (extendedOptions & extendedOption) != 0;
  }

  /**
   * After how long without a request the monitor ends the association: 10 s below a granted period
   * of 3.3 s, three periods up to 43 s, else 130 s. Medium confidence.
   */
  public Duration timeOut() {
    var period = Ticks.duration(minPollPeriodTicks);
    if (period.compareTo(SHORT) < 0) {
      return SHORT_TIME_OUT;
    }
    return period.compareTo(MIDDLE) <= 0 ? period.multipliedBy(3) : LONG_TIME_OUT;
  }

  static Optional<UserInformation> parse(ByteBuffer bytes) {
    return Layout.whole(bytes, UserInformation::read);
  }

  private static UserInformation read(ByteBuffer bytes) {
    require(u32(bytes) == PROTOCOL_VERSION, "protocol version 1");
    require(u32(bytes) == NOMENCLATURE, "nomenclature version 1");
    u32(bytes); // functional units
    long systemType = u32(bytes);
    long startMode = u32(bytes);
    Attributes.read(bytes); // options of later versions
    var supported = Attributes.read(bytes);
    var profile = supported.find(POLL_PROFILE).orElseThrow(IllegalArgumentException::new);
    u32(profile); // revision
    long minPollPeriod = u32(profile);
    long maxReceive = u32(profile);
    long maxSend = u32(profile);
    long bandwidth = u32(profile);
    long options = u32(profile);
    var extension = Attributes.read(profile).find(POLL_PROFILE_EXTENSION);
    long extended = extension.isPresent() ? u32(extension.get()) : 0;
    return new UserInformation(
        systemType, startMode, minPollPeriod, maxReceive, maxSend, bandwidth, options, extended);
  }

  byte[] toBytes() {
    var extension = new WireWriter().u32(extendedOptions).u16(0).u16(0).toBytes();
    var profile =
        new WireWriter()
            .u32(POLL_PROFILE_REVISION)
            .u32(minPollPeriodTicks)
            .u32(maxReceiveBytes)
            .u32(maxSendBytes)
            .u32(bandwidth)
            .u32(options);
    Attributes.of(Attribute.of(POLL_PROFILE_EXTENSION, extension)).write(profile);
    var all =
        new WireWriter()
            .u32(PROTOCOL_VERSION)
            .u32(NOMENCLATURE)
            .u32(0)
            .u32(systemType)
            .u32(startMode);
    Attributes.of().write(all);
    Attributes.of(Attribute.of(POLL_PROFILE, profile.toBytes())).write(all);
    return all.toBytes();
  }

  private static void require(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected);
    }
  }
}
