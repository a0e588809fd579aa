package io.medtwin.twin.clock;

import java.util.Arrays;

/**
 * One stretch in which a device's clock ran without being set, and how its times are mapped to the
 * gateway's. Owned by one thread.
 *
 * <p><b>Estimator.</b> A report that comes live gives a pair (device time, arrival). Arrival minus
 * device time is the offset of both clocks plus the delay of the report, and a delay is never
 * negative: so the pair with the smallest difference among those of the last ten minutes is the
 * anchor, and a device time is mapped by adding the anchor's difference. One pair a minute is kept.
 *
 * <p><b>Uncertainty.</b> What is seen one way only does not show the delay that every report has:
 * {@value #UNSEEN_DELAY_MILLIS} ms are allowed for it once {@value #SETTLED_PAIRS} pairs over 10 s
 * were seen, {@value #FIRST_DELAY_MILLIS} ms before; in addition the resolution of the device's
 * clock (1 s until a fraction was seen) and {@value #TOLERATED_PPM} millionths of the anchor's age.
 * A mapped time is late by the unseen delay, never after the arrival.
 */
final class Timeline {

  /** A clock may differ by this before it counts as set. */
  static final long TOLERANCE_MILLIS = 2_000;

  /** And by so many millionths of the time that passed. */
  static final long TOLERATED_PPM = 200;

  static final int SETTLED_PAIRS = 8;
  static final long SETTLED_MILLIS = 10_000;
  static final long UNSEEN_DELAY_MILLIS = 100;
  static final long FIRST_DELAY_MILLIS = 1_000;

  /** Drift is told once it is known as closely as this. */
  static final long DRIFT_UNCERTAINTY_PPM = 100;

  /** What comes so soon after a newer time is an older value of the same burst. */
  static final long BURST_MILLIS = 500;

  private static final int MINUTES = 10;
  private static final int OWN = 17;

  /** Numbers that {@link #save} writes. */
  static final int SAVED = OWN + 3 * MINUTES;

  private static final long SECOND_MILLIS = 1_000;
  private static final long MINUTE_MILLIS = 60_000;
  private static final long WINDOW_MILLIS = MINUTES * MINUTE_MILLIS;
  private static final long DAY_MILLIS = 86_400_000;
  private static final long MILLION = 1_000_000;
  private static final long NO_MINUTE = Long.MIN_VALUE;
  private static final long NOT_SET_YET = Long.MIN_VALUE;

  private int number;
  private long startDevice;
  private long startGateway;
  private long floor;
  private long lastDevice;
  private long lastGateway;
  private long pairs;
  private long resolution = SECOND_MILLIS;
  private boolean isRunning;
  private long anchorDevice;
  private long anchorGateway;
  private long referenceDevice;
  private long referenceGateway;
  private boolean hasReference;
  private long mappedDevice;
  private long mappedAt;
  private long before;
  private final long[] minutes = new long[MINUTES];
  private final long[] devices = new long[MINUTES];
  private final long[] gateways = new long[MINUTES];

  /** No pair yet. */
  Timeline() {
    Arrays.fill(minutes, NO_MINUTE);
  }

  /** Starts anew with its first pair. */
  void start(int newNumber, long device, long gateway) {
    boolean goesOn = number > 0;
    long highest = Math.max(lastDevice, floor);
    number = newNumber;
    startDevice = device;
    startGateway = gateway;
    // a stored value of before may carry a time that this timeline shows, too
    boolean overlaps = goesOn && highest > device && highest - device <= DAY_MILLIS;
    floor = overlaps ? highest + 1 : goesOn ? device : NOT_SET_YET;
    lastDevice = device;
    lastGateway = gateway;
    isRunning = true;
    pairs = 0;
    before = 0;
    hasReference = false;
    mappedDevice = device;
    mappedAt = Long.MIN_VALUE;
    Arrays.fill(minutes, NO_MINUTE);
    anchorDevice = device;
    anchorGateway = gateway;
    keep(device, gateway);
  }

  /** The clock was set: the next pair starts anew. */
  void end() {
    isRunning = false;
  }

  /** Whether there is a pair of this timeline. */
  boolean isRunning() {
    return isRunning;
  }

  /** The finest step of the device's clock, where it says so. */
  void resolution(long millis) {
    resolution = millis;
  }

  /** The finest step of the device's clock: a second until it showed less. */
  long resolution() {
    return resolution;
  }

  /** Counts the timelines of the device from 1; 0 before the first. */
  int number() {
    return number;
  }

  /** Whether there was a pair before the one that came last. */
  boolean isAnchored() {
    return before > 0;
  }

  boolean isSettled() {
    return pairs >= SETTLED_PAIRS && lastGateway - startGateway >= SETTLED_MILLIS;
  }

  /** Gateway time minus device time of the anchor. */
  long offset() {
    return anchorGateway - anchorDevice;
  }

  long anchorGateway() {
    return anchorGateway;
  }

  long lastDevice() {
    return lastDevice;
  }

  long lastGateway() {
    return lastGateway;
  }

  /** What both clocks may differ by after so many milliseconds. */
  static long tolerance(long elapsedMillis) {
    return TOLERANCE_MILLIS
        + Math.abs(elapsedMillis) / MILLION * TOLERATED_PPM
        + Math.abs(elapsedMillis) % MILLION * TOLERATED_PPM / MILLION;
  }

  /**
   * Takes in a pair of a report that came live.
   *
   * @return whether it fits; if not, the clock was set, and a new timeline must start with it
   */
  boolean take(long device, long gateway) {
    if (isSetBack(device, gateway)) {
      return false;
    }
    long offset = gateway - device;
    long tolerated = tolerance(gateway - anchorGateway);
    long ahead = offset() - offset;
    boolean isSetAhead = ahead > tolerated && (isSettled() || ahead > DAY_MILLIS);
    if (isSetAhead || smallestOffset(offset, gateway) > offset() + tolerated) {
      return false;
    }
    before = pairs;
    keep(device, gateway);
    return true;
  }

  /** The offset that the anchor would have after a pair. */
  private long smallestOffset(long offset, long gateway) {
    long newest = gateway / MINUTE_MILLIS;
    if (isOpen(newest)) {
      return Math.min(offset, offset());
    }
    long smallest = offset;
    for (int i = 0; i < MINUTES; i++) {
      if (isInWindow(minutes[i], newest)) {
        smallest = Math.min(smallest, gateways[i] - devices[i]);
      }
    }
    return smallest;
  }

  private boolean isOpen(long minute) {
    return minutes[slot(minute)] == minute;
  }

  private static int slot(long minute) {
    return (int) Math.floorMod(minute, (long) MINUTES);
  }

  private static boolean isInWindow(long minute, long newest) {
    return minute > newest - MINUTES && minute <= newest;
  }

  /** A jump back, unless it is an older value of a burst. */
  private boolean isSetBack(long device, long gateway) {
    long elapsed = gateway - lastGateway;
    return device < lastDevice - tolerance(elapsed) && Math.abs(elapsed) > BURST_MILLIS;
  }

  private void keep(long device, long gateway) {
    pairs++;
    if (resolution == SECOND_MILLIS && device % SECOND_MILLIS != 0) {
      resolution = 1;
    }
    if (device >= lastDevice) {
      lastDevice = device;
      lastGateway = gateway;
    }
    long minute = gateway / MINUTE_MILLIS;
    int slot = slot(minute);
    if (!isOpen(minute)) {
      minutes[slot] = minute;
      devices[slot] = device;
      gateways[slot] = gateway;
      findAnchor(minute);
    } else if (gateway - device < gateways[slot] - devices[slot]) {
      devices[slot] = device;
      gateways[slot] = gateway;
      if (gateway - device < offset()) {
        anchorDevice = device;
        anchorGateway = gateway;
      }
    }
    if (!hasReference && gateway - startGateway >= WINDOW_MILLIS) {
      hasReference = true;
      referenceDevice = anchorDevice;
      referenceGateway = anchorGateway;
    }
  }

  private void findAnchor(long newest) {
    int best = -1;
    for (int i = 0; i < MINUTES; i++) {
      if (isInWindow(minutes[i], newest)
          && (best < 0 || gateways[i] - devices[i] < gateways[best] - devices[best])) {
        best = i;
      }
    }
    anchorDevice = devices[best];
    anchorGateway = gateways[best];
  }

  /** A device time as the gateway's; never before that of an earlier device time. */
  long map(long device, long now) {
    long mapped = device + offset();
    if (device >= mappedDevice) {
      mapped = Math.max(mapped, Math.min(mappedAt, now));
      mappedDevice = device;
      mappedAt = mapped;
    }
    return mapped;
  }

  /** Whether a stored value's time is one of this timeline, and of no other. */
  boolean covers(long device) {
    return isRunning && device >= floor && device <= lastDevice + TOLERANCE_MILLIS;
  }

  /** How far a mapped time may be from the truth. */
  long uncertainty(long now) {
    long aged = tolerance(now - anchorGateway) - TOLERANCE_MILLIS;
    return resolution + (isSettled() ? UNSEEN_DELAY_MILLIS : FIRST_DELAY_MILLIS) + aged;
  }

  /** Whether the drift is known closely enough to be told. */
  boolean knowsDrift() {
    long elapsed = anchorGateway - referenceGateway;
    long blur = 2 * (UNSEEN_DELAY_MILLIS + resolution);
    return hasReference && elapsed > 0 && blur <= elapsed * DRIFT_UNCERTAINTY_PPM / MILLION;
  }

  /** How much faster than the gateway's clock it runs, in millionths. */
  long driftPpm() {
    long gained = (anchorDevice - referenceDevice) - (anchorGateway - referenceGateway);
    return Math.round((double) gained * MILLION / (anchorGateway - referenceGateway));
  }

  /** Everything it is made of. */
  void save(long[] into, int from) {
    long[] numbers = {
      number,
      startDevice,
      startGateway,
      floor,
      lastDevice,
      lastGateway,
      pairs,
      resolution,
      anchorDevice,
      anchorGateway,
      referenceDevice,
      referenceGateway,
      hasReference ? 1 : 0,
      mappedDevice,
      mappedAt,
      before,
      isRunning ? 1 : 0
    };
    System.arraycopy(numbers, 0, into, from, numbers.length);
    int at = from + numbers.length;
    System.arraycopy(minutes, 0, into, at, MINUTES);
    System.arraycopy(devices, 0, into, at + MINUTES, MINUTES);
    System.arraycopy(gateways, 0, into, at + 2 * MINUTES, MINUTES);
  }

  /** Takes up what {@link #save} wrote. */
  void restore(long[] saved, int from) {
    number = (int) saved[from];
    startDevice = saved[from + 1];
    startGateway = saved[from + 2];
    floor = saved[from + 3];
    lastDevice = saved[from + 4];
    lastGateway = saved[from + 5];
    pairs = saved[from + 6];
    resolution = saved[from + 7];
    anchorDevice = saved[from + 8];
    anchorGateway = saved[from + 9];
    referenceDevice = saved[from + 10];
    referenceGateway = saved[from + 11];
    hasReference = saved[from + 12] != 0;
    mappedDevice = saved[from + 13];
    mappedAt = saved[from + 14];
    before = saved[from + 15];
    isRunning = saved[from + 16] != 0;
    int at = from + OWN;
    System.arraycopy(saved, at, minutes, 0, MINUTES);
    System.arraycopy(saved, at + MINUTES, devices, 0, MINUTES);
    System.arraycopy(saved, at + 2 * MINUTES, gateways, 0, MINUTES);
  }
}
