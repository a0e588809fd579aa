package io.medtwin.twin.clock;

import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one device as its reports show it: says when each was true. A fold over the device's
 * reports in the order of the journal; {@link #save} and {@link #restore} keep it over a restart.
 * Owned by one thread. A report without a time of its own costs nothing here.
 *
 * <p>Each kind of time (UTC, wall clock, counter) has a {@link Timeline} of its own.
 */
public final class DeviceClock {

  /** IEEE 11073-10101 event: the clock of the device was set. */
  public static final int TIME_CHANGED = 197308;

  /** A UTC time older than this on arrival is one of a clock that was never set. */
  static final long OLDEST_MILLIS = 86_400_000;

  /** Longest age a device can state: SenML's relative times end below 2^28 s. */
  static final long OLDEST_AGE_SECONDS = 1L << 28;

  /** Driver's codes of an event that says the same where no profile gives it a number. */
  private static final Set<String> TIME_CHANGED_CODES =
      Set.of("time-changed", "clock-changed", Integer.toString(TIME_CHANGED));

  private static final int[] COUNTER_BITS = {16, 24, 32};
  private static final int OWN = 16;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long SECOND_MILLIS = 1_000;

  private enum Kind {
    NONE,
    UTC,
    LOCAL,
    TICKS
  }

  private final @Nullable ZoneId zone;
  private final Timeline[] timelines = new Timeline[Kind.values().length];
  private int given;
  private Kind shown = Kind.NONE;
  private boolean isSynchronised;

  /** Highest count of a counter, roll-overs added; what it counts. */
  private long lastTicks;

  private long rolledOver;
  private long tickNanos;

  /** Highest count as sent: the counter has room for it. */
  private long highestCount;

  /** The report before: those of one frame share their time. */
  private Kind cachedKind = Kind.NONE;

  private boolean cachedStored;
  private boolean cachedSynchronised;
  private long cachedDevice;
  private long cachedGateway;
  private ObservedTime cached = ObservedTime.ARRIVAL;

  /**
   * The clock of a device that has not said anything.
   *
   * @param zone time zone of its wall clock, or null if nobody knows
   */
  public DeviceClock(@Nullable ZoneId zone) {
    this.zone = zone;
    for (int i = 0; i < timelines.length; i++) {
      timelines[i] = new Timeline();
    }
  }

  /** When a report was true. */
  public ObservedTime observe(Report report, Instant receivedAt) {
    return switch (report) {
      case Reading reading ->
          observe(reading.time(), reading.flags().contains(Reading.Flag.STORED), receivedAt);
      case Alert alert -> observe(alert.time(), false, receivedAt);
      case DeviceEvent event -> {
        if (TIME_CHANGED_CODES.contains(event.code())) {
          timeChanged();
        }
        yield observe(event.time(), false, receivedAt);
      }
      case Identity _, Presence _ -> ObservedTime.ARRIVAL;
    };
  }

  /**
   * When something was true.
   *
   * @param stored whether the device kept it and sent it later: then it is no pair of both clocks
   */
  ObservedTime observe(@Nullable DeviceTime time, boolean stored, Instant receivedAt) {
    return switch (time) {
      case null -> undated(stored);
      case DeviceTime.Ago ago -> ago(ago, stored, receivedAt.toEpochMilli());
      case DeviceTime.Utc utc -> {
        long device = DeviceMillis.of(utc);
        yield device == DeviceMillis.NONE
            ? undated(stored)
            : known(Kind.UTC, device, utc.synchronised(), stored, true, receivedAt.toEpochMilli());
      }
      case DeviceTime.Local local -> local(local.dateTime(), stored, receivedAt.toEpochMilli());
      case DeviceTime.Ticks ticks ->
          DeviceMillis.isUsable(ticks)
              ? ticks(ticks, stored, receivedAt.toEpochMilli())
              : undated(stored);
    };
  }

  /** The device says that its clock was set: what follows is another timeline. */
  public void timeChanged() {
    for (Timeline timeline : timelines) {
      timeline.end();
    }
    cachedKind = Kind.NONE;
  }

  private static ObservedTime undated(boolean stored) {
    return stored ? ObservedTime.UNKNOWN : ObservedTime.ARRIVAL;
  }

  private static ObservedTime ago(DeviceTime.Ago ago, boolean stored, long gateway) {
    long seconds = ago.age().getSeconds();
    if (seconds > OLDEST_AGE_SECONDS) {
      return undated(stored);
    }
    return ago.age().isNegative()
        ? ObservedTime.ARRIVAL
        : new ObservedTime(
            Instant.ofEpochMilli(gateway - ago.age().toMillis()), ClockQuality.GATEWAY, 0, false);
  }

  private ObservedTime local(LocalDateTime dateTime, boolean stored, long gateway) {
    long wall = DeviceMillis.of(dateTime);
    if (wall == DeviceMillis.NONE) {
      return undated(stored);
    }
    if (zone == null) {
      return known(Kind.LOCAL, wall, false, stored, false, gateway);
    }
    var offsets = zone.getRules().getValidOffsets(dateTime);
    long device =
        offsets.size() == 1
            ? utc(wall, offsets.getFirst())
            : stored ? DeviceMillis.NONE : nearest(wall, offsets, gateway);
    return device == DeviceMillis.NONE
        ? ObservedTime.UNKNOWN
        : known(Kind.LOCAL, device, false, stored, true, gateway);
  }

  /** Of an hour that repeats: the one that the anchor maps to about now, if it does. */
  private long nearest(long wall, List<ZoneOffset> offsets, long gateway) {
    var timeline = timeline(Kind.LOCAL);
    if (timeline.isRunning()) {
      for (ZoneOffset offset : offsets) {
        long device = utc(wall, offset);
        long tolerated = Timeline.tolerance(gateway - timeline.lastGateway());
        if (Math.abs(device + timeline.offset() - gateway) <= tolerated) {
          return device;
        }
      }
    }
    return DeviceMillis.NONE;
  }

  private static long utc(long wall, ZoneOffset offset) {
    return wall - offset.getTotalSeconds() * SECOND_MILLIS;
  }

  private ObservedTime ticks(DeviceTime.Ticks ticks, boolean stored, long gateway) {
    long nanos = ticks.tick().toNanos();
    var timeline = timeline(Kind.TICKS);
    if (nanos != tickNanos) {
      timeline.end();
      timeline.resolution(Math.max(1, ticks.tick().toMillis()));
      tickNanos = nanos;
      rolledOver = 0;
      highestCount = 0;
    }
    highestCount = Math.max(highestCount, ticks.count());
    long count = ticks.count() + rolledOver;
    if (timeline.isRunning() && !stored && count < lastTicks) {
      long rolls = rollOver(ticks.count(), gateway - timeline.lastGateway());
      if (rolls > 0) {
        rolledOver = rolls;
        count = ticks.count() + rolls;
      }
    }
    if (!stored && (!timeline.isRunning() || count > lastTicks)) {
      lastTicks = count;
    }
    var time = known(Kind.TICKS, DeviceMillis.ofTicks(count, nanos), false, stored, false, gateway);
    if (!stored && timeline.lastDevice() < DeviceMillis.ofTicks(lastTicks, nanos)) {
      lastTicks = count; // set back: a new timeline began
    }
    return time;
  }

  /**
   * What a counter of 16, 24 or 32 bits lost by rolling over, so that it fits the time that passed;
   * 0 where it did not roll over.
   */
  private long rollOver(long count, long elapsedMillis) {
    long expected = lastTicks + elapsedMillis * NANOS_PER_MILLI / tickNanos;
    long tolerated = Timeline.tolerance(elapsedMillis) * NANOS_PER_MILLI / tickNanos;
    for (int bits : COUNTER_BITS) {
      long range = 1L << bits;
      long rolls = Math.floorDiv(expected - count + range / 2, range);
      boolean fits = Math.abs(count + rolls * range - expected) <= tolerated;
      if (highestCount < range && rolls > 0 && fits) {
        return rolls * range;
      }
    }
    return 0;
  }

  private Timeline timeline(Kind kind) {
    return timelines[kind.ordinal()];
  }

  /**
   * When something was true, whose time is one of the device's own clock.
   *
   * @param isAbsolute whether the device's time claims to be the world's
   */
  private ObservedTime known(
      Kind kind, long device, boolean synchronised, boolean stored, boolean isAbsolute, long now) {
    if (kind == cachedKind
        && device == cachedDevice
        && now == cachedGateway
        && stored == cachedStored
        && synchronised == cachedSynchronised) {
      return cached;
    }
    var timeline = timeline(kind);
    if (!stored) {
      pair(kind, timeline, device, now);
      isSynchronised = synchronised;
    }
    cached =
        isAbsolute
            ? absolute(timeline, device, synchronised, stored, now)
            : stored ? storedTime(timeline, device, now) : mapped(timeline, device, now, false);
    cachedKind = kind;
    cachedDevice = device;
    cachedGateway = now;
    cachedStored = stored;
    cachedSynchronised = synchronised;
    return cached;
  }

  private void pair(Kind kind, Timeline timeline, long device, long now) {
    if (!timeline.isRunning() || !timeline.take(device, now)) {
      given++;
      timeline.start(given, device, now);
    }
    if (shown == Kind.NONE || kind.compareTo(shown) < 0) {
      shown = kind;
    }
  }

  private static ObservedTime absolute(
      Timeline timeline, long device, boolean synchronised, boolean stored, long now) {
    long lag = now - device;
    long offset = timeline.isRunning() ? timeline.offset() : lag;
    boolean agrees = Math.abs(offset) <= Timeline.TOLERANCE_MILLIS;
    long blur = timeline.resolution() + Timeline.UNSEEN_DELAY_MILLIS;
    boolean inFuture = lag < -Timeline.TOLERANCE_MILLIS;
    if (synchronised && stored && !inFuture && (agrees || !timeline.isSettled())) {
      return asIs(device, ClockQuality.SYNCHRONISED, blur);
    }
    if (stored && timeline.number() > 0 && !timeline.covers(device)) {
      return ObservedTime.UNKNOWN;
    }
    if (agrees && !inFuture) {
      return synchronised
          ? asIs(device, ClockQuality.SYNCHRONISED, blur)
          : asIs(device, ClockQuality.ALIGNED, blur + Math.abs(offset));
    }
    boolean mayBeLate = offset > 0 && lag > 0 && lag <= OLDEST_MILLIS && !timeline.isSettled();
    if (mayBeLate) {
      return new ObservedTime(
          Instant.ofEpochMilli(device), ClockQuality.ALIGNED, bounded(lag), synchronised);
    }
    return stored ? storedTime(timeline, device, now) : mapped(timeline, device, now, synchronised);
  }

  private static ObservedTime asIs(long device, ClockQuality quality, long uncertainty) {
    return new ObservedTime(Instant.ofEpochMilli(device), quality, bounded(uncertainty), false);
  }

  private static ObservedTime mapped(
      Timeline timeline, long device, long now, boolean contradicted) {
    if (!timeline.isAnchored()) {
      return contradicted
          ? new ObservedTime(null, ClockQuality.GATEWAY, 0, true)
          : ObservedTime.ARRIVAL;
    }
    return new ObservedTime(
        Instant.ofEpochMilli(timeline.map(device, now)),
        ClockQuality.ALIGNED,
        bounded(timeline.uncertainty(now)),
        contradicted);
  }

  private static ObservedTime storedTime(Timeline timeline, long device, long now) {
    if (!timeline.isRunning() || !timeline.covers(device)) {
      return ObservedTime.UNKNOWN;
    }
    return new ObservedTime(
        Instant.ofEpochMilli(device + timeline.offset()),
        ClockQuality.ALIGNED,
        bounded(timeline.uncertainty(now)),
        false);
  }

  private static int bounded(long millis) {
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  /** Whether a reader that was told so much should be told anew. */
  public boolean isNewsAfter(@Nullable ClockStatus told, Instant now) {
    var timeline = timeline(shown);
    if (told == null || told.quality() != quality() || told.timeline() != timeline.number()) {
      return true;
    }
    if (shown == Kind.NONE) {
      return false;
    }
    long since = Math.abs(now.toEpochMilli() - told.asOf().toEpochMilli());
    boolean moved =
        told.offsetMillis() != null
            && Math.abs(-timeline.offset() - told.offsetMillis())
                > Math.max(
                    ClockStatus.OFFSET_DEADBAND_MILLIS, timeline.uncertainty(now.toEpochMilli()));
    return (moved && since >= ClockStatus.OFFSET_PERIOD.toMillis())
        || since >= ClockStatus.ANCHOR_PERIOD.toMillis();
  }

  /** What is known of the clock now. */
  public ClockStatus status(Instant now) {
    var timeline = timeline(shown);
    if (shown == Kind.NONE) {
      return new ClockStatus(quality(), null, 0, null, 0, null, now);
    }
    return new ClockStatus(
        quality(),
        shown == Kind.TICKS ? null : -timeline.offset(),
        timeline.uncertainty(now.toEpochMilli()),
        Instant.ofEpochMilli(timeline.anchorGateway()),
        timeline.number(),
        timeline.knowsDrift() ? timeline.driftPpm() : null,
        now);
  }

  private ClockQuality quality() {
    if (shown == Kind.NONE) {
      return ClockQuality.GATEWAY;
    }
    var timeline = timeline(shown);
    boolean isWorldTime = shown == Kind.UTC || (shown == Kind.LOCAL && zone != null);
    boolean agrees = Math.abs(timeline.offset()) <= Timeline.TOLERANCE_MILLIS;
    if (isWorldTime && agrees) {
      return shown == Kind.UTC && isSynchronised ? ClockQuality.SYNCHRONISED : ClockQuality.ALIGNED;
    }
    return timeline.isAnchored() ? ClockQuality.ALIGNED : ClockQuality.GATEWAY;
  }

  /** Everything it is made of, to be put back by {@link #restore}. */
  public long[] save() {
    var at = cached.at();
    long[] own = {
      given,
      shown.ordinal(),
      isSynchronised ? 1 : 0,
      lastTicks,
      rolledOver,
      tickNanos,
      highestCount,
      cachedKind.ordinal(),
      cachedStored ? 1 : 0,
      cachedSynchronised ? 1 : 0,
      cachedDevice,
      cachedGateway,
      at == null ? DeviceMillis.NONE : at.toEpochMilli(),
      cached.quality().ordinal(),
      cached.uncertaintyMillis(),
      cached.contradicted() ? 1 : 0
    };
    if (given == 0 && tickNanos == 0) {
      return own;
    }
    var all = new long[own.length + timelines.length * Timeline.SAVED];
    System.arraycopy(own, 0, all, 0, own.length);
    for (int i = 0; i < timelines.length; i++) {
      timelines[i].save(all, own.length + i * Timeline.SAVED);
    }
    return all;
  }

  /**
   * Takes up what {@link #save} gave.
   *
   * @throws IllegalArgumentException it is of another size or makes no sense
   */
  public void restore(long[] saved) {
    boolean isWhole = saved.length == OWN + timelines.length * Timeline.SAVED;
    if (saved.length != OWN && !isWhole) {
      throw new IllegalArgumentException("a clock has another size than " + saved.length);
    }
    given = (int) saved[0];
    shown = kind(saved[1]);
    isSynchronised = saved[2] != 0;
    lastTicks = saved[3];
    rolledOver = saved[4];
    tickNanos = saved[5];
    highestCount = saved[6];
    cachedKind = kind(saved[7]);
    cachedStored = saved[8] != 0;
    cachedSynchronised = saved[9] != 0;
    cachedDevice = saved[10];
    cachedGateway = saved[11];
    cached =
        new ObservedTime(
            saved[12] == DeviceMillis.NONE ? null : Instant.ofEpochMilli(saved[12]),
            ClockQuality.values()[Math.floorMod((int) saved[13], ClockQuality.values().length)],
            (int) saved[14],
            saved[15] != 0);
    for (int i = 0; isWhole && i < timelines.length; i++) {
      timelines[i].restore(saved, OWN + i * Timeline.SAVED);
    }
  }

  private static Kind kind(long ordinal) {
    return Kind.values()[Math.floorMod((int) ordinal, Kind.values().length)];
  }
}
