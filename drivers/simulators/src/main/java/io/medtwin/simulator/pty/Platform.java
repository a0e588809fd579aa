package io.medtwin.simulator.pty;

import java.util.Locale;

/**
 * The numbers of one operating system's {@code <fcntl.h>} and {@code <errno.h>} that differ between
 * the systems which have pseudo terminals.
 *
 * @param noControllingTerminal O_NOCTTY
 * @param nonBlocking O_NONBLOCK
 * @param tryAgain EAGAIN
 */
record Platform(int noControllingTerminal, int nonBlocking, int tryAgain) {
  static final int READ_WRITE = 2; // O_RDWR
  static final int SET_FLAGS = 4; // F_SETFL
  static final int INTERRUPTED = 4; // EINTR
  static final int INPUT_OUTPUT_ERROR = 5; // EIO
  static final short POLL_IN = 1;
  static final short POLL_HUNG_UP = 0x10;

  private static final Platform LINUX = new Platform(0x100, 0x800, 11);
  private static final Platform MAC = new Platform(0x20000, 0x4, 35);

  /**
   * The numbers for the system we run on.
   *
   * @throws UnsupportedOperationException it has no pseudo terminals that we know how to open
   */
  static Platform current() {
    var name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return LINUX;
    }
    if (name.startsWith("mac")) {
      return MAC;
    }
    throw new UnsupportedOperationException(
        "virtual serial ports need Linux or macOS, this is \"" + name + "\"");
  }
}
