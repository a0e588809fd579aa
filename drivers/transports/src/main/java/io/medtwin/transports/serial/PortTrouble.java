package io.medtwin.transports.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** Why a port cannot be opened, in words that say what to do next. */
final class PortTrouble {

  // Error numbers of Linux, which BSD and macOS share up to 34.
  private static final int EPERM = 1;
  private static final int ENOENT = 2; // also jSerialComm's own "open already in this process"
  private static final int EIO = 5;
  private static final int ENXIO = 6;
  private static final int EAGAIN = 11; // the lock is held
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int ENODEV = 19;
  private static final int EINVAL = 22;
  private static final int ENOTTY = 25;
  private static final int EAGAIN_BSD = 35;

  private PortTrouble() {}

  /** The port's file does not exist. */
  static IOException missing(String name) {
    return new IOException(
        name
            + ": no such port; plug the adapter in, or see `ls -l /dev/serial/by-id` for the ports"
            + " there are");
  }

  /** This machine does not let the library's native part be loaded. */
  static IOException noLibrary(String name, LinkageError why) {
    return new IOException(
        name
            + ": the native library for serial ports cannot be loaded; an installation has it in"
            + " its folder native, elsewhere it is unpacked into a temporary folder"
            + " (java.io.tmpdir) that must allow programs to run",
        why);
  }

  /** The gateway's user may not use the port. */
  static IOException denied(String name, Path port) {
    return new IOException(
        name
            + ": permission denied; add the gateway's user to the group that owns the port (`sudo"
            + " usermod -aG "
            + group(port)
            + " <user>`) and start it anew");
  }

  /**
   * What an error number of opening a port means.
   *
   * @param exists whether the port's file is still there
   */
  static IOException ofErrorNumber(String name, Path port, int errorNumber, boolean exists) {
    if (!exists) {
      return missing(name);
    }
    return switch (errorNumber) {
      case EPERM, EACCES -> denied(name, port);
      case ENOENT, EAGAIN, EAGAIN_BSD, EBUSY ->
          new IOException(
              name
                  + ": the port is in use by another link or program; `fuser -v "
                  + port
                  + "` names it");
      case EIO, ENXIO, ENODEV ->
          new IOException(name + ": no hardware answers behind this port; check the adapter");
      case EINVAL ->
          new IOException(
              name
                  + ": the adapter does not support these line settings; check them against its"
                  + " data sheet");
      case ENOTTY -> new IOException(name + ": this file is not a serial port");
      default -> new IOException(name + ": the port cannot be opened (error " + errorNumber + ")");
    };
  }

  private static String group(Path port) {
    try {
      return Files.readAttributes(port, PosixFileAttributes.class).group().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "dialout";
    }
  }
}
