package io.medtwin.simulator.pty;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The C library's pseudo terminal calls, one instance for each open master: {@code posix_openpt,
 * grantpt, unlockpt, ptsname_r, cfmakeraw, poll, read, write, close}. The slave is raw: all 256
 * bytes pass both ways unchanged, without echo. Reads and writes never block in native code for
 * longer than {@link #POLL_SLICE}; safe for use by several threads.
 */
final class PseudoTerminal {
  /** Longest stay in one native {@code poll}: bounds how long a close waits for a reader. */
  static final Duration POLL_SLICE = Duration.ofMillis(50);

  private static final int MAX_PATH_BYTES = 128;
  private static final int TERMIOS_BYTES = 256; // struct termios: 60 on Linux, 72 on macOS
  private static final int MAX_TRANSFER_BYTES = 4096; // what the kernel keeps for one direction

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle POSIX_OPENPT =
      bind("posix_openpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle GRANTPT =
      bind("grantpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle UNLOCKPT =
      bind("unlockpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle PTSNAME_R =
      bind("ptsname_r", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle OPEN =
      bind(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle FCNTL =
      bind(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle TCGETATTR =
      bind("tcgetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle TCSETATTR =
      bind("tcsetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle CFMAKERAW =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("cfmakeraw"), FunctionDescriptor.ofVoid(ADDRESS));
  private static final MethodHandle POLL =
      bind("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle READ =
      bind("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      bind("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOSE =
      bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final Platform platform;
  private final int master;
  private final String slavePath;
  private boolean closed;

  private PseudoTerminal(Platform platform, int master, String slavePath) {
    this.platform = platform;
    this.master = master;
    this.slavePath = slavePath;
  }

  /** Opens a new pair, with the slave raw and nobody on it. */
  static PseudoTerminal open() throws IOException {
    var platform = Platform.current();
    try (var arena = Arena.ofConfined()) {
      int master =
          require(
              "posix_openpt",
              call(POSIX_OPENPT, arena, Platform.READ_WRITE | platform.noControllingTerminal()));
      try {
        require("grantpt", call(GRANTPT, arena, master));
        require("unlockpt", call(UNLOCKPT, arena, master));
        var name = arena.allocate(MAX_PATH_BYTES);
        require("ptsname_r", call(PTSNAME_R, arena, master, name, (long) MAX_PATH_BYTES));
        require("fcntl", call(FCNTL, arena, master, Platform.SET_FLAGS, platform.nonBlocking()));
        makeRaw(platform, arena, name);
        return new PseudoTerminal(platform, master, name.getString(0, StandardCharsets.US_ASCII));
      } catch (IOException e) {
        call(CLOSE, arena, master);
        throw e;
      }
    }
  }

  /** Where programs open the other side: {@code /dev/pts/7}. */
  String slavePath() {
    return slavePath;
  }

  /** Whether a program has the slave open now. */
  boolean isSlaveOpen() throws IOException {
    return (poll(Duration.ZERO) & Platform.POLL_HUNG_UP) == 0;
  }

  /**
   * Reads what the program on the slave wrote.
   *
   * @return bytes read; 0 if none came within one {@link #POLL_SLICE} or nobody has the slave open;
   *     -1 after {@link #close}
   */
  int read(ByteBuffer into, Duration atMost) throws IOException {
    short events = poll(atMost.compareTo(POLL_SLICE) < 0 ? atMost : POLL_SLICE);
    synchronized (this) {
      if (closed) {
        return -1;
      }
      if ((events & Platform.POLL_IN) == 0) {
        return 0;
      }
      try (var arena = Arena.ofConfined()) {
        int room = Math.min(into.remaining(), MAX_TRANSFER_BYTES);
        var bytes = arena.allocate(room);
        long read = transfer("read", call(READ, arena, master, bytes, (long) room));
        into.put(bytes.asSlice(0, read).asByteBuffer());
        return (int) read;
      }
    }
  }

  /**
   * Writes what the kernel takes at once.
   *
   * @return bytes written, from {@code bytes.position()} on; 0 when the program on the slave does
   *     not read; -1 after {@link #close}
   */
  synchronized int write(ByteBuffer bytes) throws IOException {
    if (closed) {
      return -1;
    }
    try (var arena = Arena.ofConfined()) {
      int count = Math.min(bytes.remaining(), MAX_TRANSFER_BYTES);
      var copy = arena.allocate(count);
      copy.copyFrom(MemorySegment.ofBuffer(bytes.slice().limit(count)));
      long written = transfer("write", call(WRITE, arena, master, copy, (long) count));
      bytes.position(bytes.position() + (int) written);
      return (int) written;
    }
  }

  /** Closes the master: a program on the slave sees its line hang up. */
  synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (var arena = Arena.ofConfined()) {
      require("close", call(CLOSE, arena, master));
    }
  }

  /** Events on the master, {@code struct pollfd {int fd; short events; short revents;}}. */
  private short poll(Duration atMost) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var request = arena.allocate(8, 4);
      request.set(JAVA_INT, 0, master);
      request.set(JAVA_SHORT, 4, Platform.POLL_IN);
      var answer = call(POLL, arena, request, 1L, (int) atMost.toMillis());
      if (answer.value() < 0 && answer.errno() != Platform.INTERRUPTED) {
        throw failure("poll", answer.errno());
      }
      return answer.value() <= 0 ? 0 : request.get(JAVA_SHORT, 6);
    }
  }

  private long transfer(String what, Answer answer) throws IOException {
    if (answer.value() >= 0) {
      return answer.value();
    }
    int errno = answer.errno();
    if (errno == platform.tryAgain()
        || errno == Platform.INTERRUPTED
        || errno == Platform.INPUT_OUTPUT_ERROR) { // Linux says EIO while nobody has the slave
      return 0;
    }
    throw failure(what, errno);
  }

  /**
   * Opens the slave once to take echo, line editing and character translation out; they stay out as
   * long as the master is open. Closing it again lets the master tell whether a program is there.
   */
  private static void makeRaw(Platform platform, Arena arena, MemorySegment name)
      throws IOException {
    int flags = Platform.READ_WRITE | platform.noControllingTerminal();
    int slave = require("open", call(OPEN, arena, name, flags));
    try {
      var termios = arena.allocate(TERMIOS_BYTES, 8);
      require("tcgetattr", call(TCGETATTR, arena, slave, termios));
      try {
        CFMAKERAW.invokeExact(termios);
      } catch (Throwable e) {
        throw new IllegalStateException("cfmakeraw", e);
      }
      require("tcsetattr", call(TCSETATTR, arena, slave, 0, termios));
    } finally {
      call(CLOSE, arena, slave);
    }
  }

  /** What a call returned, and {@code errno} after it. */
  private record Answer(long value, int errno) {}

  private static Answer call(MethodHandle function, Arena arena, Object... arguments) {
    var state = arena.allocate(ERRNO_LAYOUT);
    var all = new Object[arguments.length + 1];
    all[0] = state;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try {
      var value = (Number) function.invokeWithArguments(all);
      return new Answer(value.longValue(), (int) ERRNO_VALUE.get(state, 0L));
    } catch (Throwable e) { // a downcall itself throws nothing: only a wrong signature gets here
      throw new IllegalStateException("native call failed", e);
    }
  }

  private static MethodHandle bind(
      String name, FunctionDescriptor signature, Linker.Option... more) {
    var options = new Linker.Option[more.length + 1];
    options[0] = ERRNO;
    System.arraycopy(more, 0, options, 1, more.length);
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature, options);
  }

  private static int require(String what, Answer answer) throws IOException {
    if (answer.value() < 0) {
      throw failure(what, answer.errno());
    }
    return (int) answer.value();
  }

  private static IOException failure(String what, int errno) {
    return new IOException("pseudo terminal: " + what + " failed with errno " + errno);
  }
}
