package io.medtwin.benchmarks.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/**
 * What a power cut does to the last writes of a SQLite database in WAL mode. The log's end is where
 * its frames stop to carry the salt of its head (SQLite file format, section 4.1): what follows is
 * left over from before the last checkpoint.
 */
final class JournalDamage {

  private static final String DATABASE = "journal.db";
  private static final String LOG = "journal.db-wal";
  private static final int HEAD_BYTES = 32;
  private static final int FRAME_HEAD_BYTES = 24;
  private static final int PAGE_SIZE_AT = 8;
  private static final int SALT_AT = 16;
  private static final int FRAME_SALT_AT = 8;
  private static final int FRAMES = 3;
  private static final int PAGES = 2;
  private static final int PAGE_BYTES = 4_096;
  private static final int FLIPS = 8;

  private JournalDamage() {}

  /** Does it; says what it did. */
  static String damage(Path folder, Fault fault, RandomGenerator random) throws IOException {
    return switch (fault) {
      case TORN_LOG -> tearLog(folder.resolve(LOG), random);
      case FLIPPED_LOG -> flipLog(folder.resolve(LOG), random);
      case TORN_DATABASE -> tearDatabase(folded(folder), random);
      case FLIPPED_DATABASE -> flipDatabase(folded(folder), random);
      case NONE,
          KILL_AGAIN,
          DISK_FULL,
          READ_ONLY,
          TOO_MANY,
          UNAVAILABLE,
          HANG,
          ANSWERS_LOST,
          HALF_OPEN,
          BACKEND_CUT,
          BACKEND_GONE,
          BROKER_RESTART,
          BROKER_GONE,
          BROKER_ACKS_LOST,
          CLOCK_BACK,
          CLOCK_AHEAD ->
          throw new IllegalArgumentException(fault + " damages nothing");
    };
  }

  /** The database after its log was folded into it, as the gateway itself does now and then. */
  private static Path folded(Path folder) throws IOException {
    var database = folder.resolve(DATABASE);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw new IOException(database + ": its log could not be folded: " + e.getMessage(), e);
    }
    return database;
  }

  private static String tearLog(Path log, RandomGenerator random) throws IOException {
    if (!Files.exists(log)) {
      return "no log";
    }
    try (var channel = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = endOfLog(channel);
      if (end <= HEAD_BYTES) {
        return "an empty log";
      }
      long less = random.nextLong(1, Math.min(end - HEAD_BYTES, tail(channel)) + 1);
      channel.truncate(end - less);
      return "log of " + end + " bytes cut by " + less;
    }
  }

  private static String flipLog(Path log, RandomGenerator random) throws IOException {
    if (!Files.exists(log)) {
      return "no log";
    }
    try (var channel = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = endOfLog(channel);
      if (end <= HEAD_BYTES) {
        return "an empty log";
      }
      long from = Math.max(HEAD_BYTES, end - tail(channel));
      return "log of " + end + " bytes: " + flip(channel, from, end, random);
    }
  }

  private static String tearDatabase(Path database, RandomGenerator random) throws IOException {
    try (var channel =
        FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      if (size <= PAGE_BYTES) {
        return "an empty database";
      }
      long less = random.nextLong(1, Math.min(size - PAGE_BYTES, (long) PAGES * PAGE_BYTES) + 1);
      channel.truncate(size - less);
      return "database of " + size + " bytes cut by " + less;
    }
  }

  private static String flipDatabase(Path database, RandomGenerator random) throws IOException {
    try (var channel =
        FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      if (size <= PAGE_BYTES) {
        return "an empty database";
      }
      long from = Math.max(PAGE_BYTES, size - (long) PAGES * PAGE_BYTES);
      return "database of " + size + " bytes: " + flip(channel, from, size, random);
    }
  }

  private static String flip(FileChannel channel, long from, long to, RandomGenerator random)
      throws IOException {
    int flips = random.nextInt(1, FLIPS + 1);
    for (int i = 0; i < flips; i++) {
      long at = random.nextLong(from, to);
      var one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.flip();
      channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1 << random.nextInt(8))}), at);
    }
    return flips + " bits flipped in its last " + (to - from) + " bytes";
  }

  private static long tail(FileChannel log) throws IOException {
    return (long) FRAMES * (FRAME_HEAD_BYTES + pageSize(log));
  }

  private static int pageSize(FileChannel log) throws IOException {
    int size = read(log, PAGE_SIZE_AT, Integer.BYTES).getInt();
    return size == 0 ? PAGE_BYTES : size;
  }

  /** Where the frames that count end. */
  static long endOfLog(FileChannel log) throws IOException {
    long size = log.size();
    if (size < HEAD_BYTES) {
      return 0;
    }
    long salt = read(log, SALT_AT, Long.BYTES).getLong();
    long frame = FRAME_HEAD_BYTES + (long) pageSize(log);
    long at = HEAD_BYTES;
    while (at + frame <= size && read(log, at + FRAME_SALT_AT, Long.BYTES).getLong() == salt) {
      at += frame;
    }
    return at;
  }

  private static ByteBuffer read(FileChannel channel, long at, int bytes) throws IOException {
    var buffer = ByteBuffer.allocate(bytes);
    channel.read(buffer, at);
    return buffer.flip();
  }
}
