package io.medtwin.simulator.device;

/** What is wrong with a simulated device. One fault at a time; time goes on under a fault. */
public enum Fault {
  /** Nothing: lays down whatever was wrong before. */
  NONE,
  /** The wire is there, and nothing comes. */
  SILENCE,
  /** Stray bytes come between what the device says, and bits in it are flipped. */
  NOISE,
  /** The wire is pulled out: port gone, connection lost, sensor out of the bridge's reach. */
  UNPLUG,
  /** Everything is as it should be but the checksum. */
  WRONG_CHECKSUM
}
