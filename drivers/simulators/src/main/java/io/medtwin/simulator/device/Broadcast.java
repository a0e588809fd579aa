package io.medtwin.simulator.device;

/**
 * What a device says unasked, tick after tick. Pure: the same broadcast says the same at the same
 * tick, and knows no clock.
 *
 * @param <M> bytes or messages
 */
public interface Broadcast<M> {
  /** Ticks in a second of scenario time, more than 0. */
  double ticksPerSecond();

  /**
   * What is said at one tick.
   *
   * @param tick 0 when the device is switched on first, then rising by one
   */
  M at(long tick);
}
