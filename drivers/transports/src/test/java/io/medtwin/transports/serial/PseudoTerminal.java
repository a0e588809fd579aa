package io.medtwin.transports.serial;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The device's end of a virtual serial cable: a pseudo terminal of the system, whose other end is
 * the port at {@link #path}. Closing it is what pulling out a USB adapter is: the port hangs up.
 */
final class PseudoTerminal implements AutoCloseable {

  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100; // Linux
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup C = LINKER.defaultLookup();
  private static final MethodHandle OPEN = function("posix_openpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle GRANT = function("grantpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle UNLOCK = function("unlockpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle NAME =
      function("ptsname_r", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle READ =
      function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);

  private final int descriptor;
  private final String path;
  private boolean closed;

  PseudoTerminal() {
    descriptor = call(() -> (int) OPEN.invokeExact(O_RDWR | O_NOCTTY));
    require(call(() -> (int) GRANT.invokeExact(descriptor)) == 0, "grantpt");
    require(call(() -> (int) UNLOCK.invokeExact(descriptor)) == 0, "unlockpt");
    try (var arena = Arena.ofConfined()) {
      var text = arena.allocate(128);
      require(
          call(() -> (int) NAME.invokeExact(descriptor, text, text.byteSize())) == 0, "ptsname_r");
      path = text.getString(0);
    }
  }

  /** The port's path, {@code /dev/pts/7}. */
  String path() {
    return path;
  }

  void send(byte... bytes) {
    try (var arena = Arena.ofConfined()) {
      var data = arena.allocateFrom(JAVA_BYTE, bytes);
      long sent = call(() -> (long) WRITE.invokeExact(descriptor, data, (long) bytes.length));
      require(sent == bytes.length, "write");
    }
  }

  /** Waits for exactly {@code count} bytes of the port. */
  byte[] receive(int count) {
    try (var arena = Arena.ofConfined()) {
      var data = arena.allocate(count);
      long have = 0;
      while (have < count) {
        MemorySegment rest = data.asSlice(have);
        long read = call(() -> (long) READ.invokeExact(descriptor, rest, rest.byteSize()));
        require(read > 0, "read");
        have += read;
      }
      return data.toArray(JAVA_BYTE);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      require(call(() -> (int) CLOSE.invokeExact(descriptor)) == 0, "close");
    }
  }

  private interface Call<T> {
    T run() throws Throwable;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void require(boolean ok, String what) {
    if (!ok) {
      throw new IllegalStateException(what + " failed");
    }
  }

  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        C.find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
  }
}
