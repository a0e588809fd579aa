package io.medtwin.journal.sqlite;

import io.medtwin.journal.Journal;
import io.medtwin.journal.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Opens a journal at the start and reads it back. A file that is damaged beyond reading is put
 * aside under another name, never deleted, and a new one begun; what could be read of it counts.
 */
final class Opening {

  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  /** Most damaged or unread journals that are kept beside the one in use. */
  static final int ASIDE_MAX = 3;

  private static final Pattern ASIDE =
      Pattern.compile("journal-(?:damaged|unread)-(\\d{1,19})\\.db(?:-wal|-shm)?");

  private final Path folder;
  private final Path file;
  private final Instant now;

  /**
   * What came of it.
   *
   * @param database null where the folder cannot be written now
   * @param end where the journal ends
   * @param replayFrom first line a restart needs
   * @param notesFrom first note a restart needs
   * @param bytes size on disk
   * @param trouble what was wrong, empty where all is well
   */
  record Opened(
      @Nullable Database database,
      Journal.End end,
      long replayFrom,
      long notesFrom,
      long bytes,
      String trouble) {}

  Opening(Path folder, Instant now) {
    this.folder = folder;
    this.file = fileIn(folder);
    this.now = now;
  }

  static Path fileIn(Path folder) {
    return folder.resolve("journal.db");
  }

  static Path markIn(Path folder) {
    return folder.resolve("journal.mark");
  }

  Opened open(Replay replay) {
    long marked = HighWaterMark.read(markIn(folder));
    try {
      SqliteJournal.makeFolder(folder);
      return read(Database.open(file), replay, marked);
    } catch (SQLException e) {
      return isDamage(e) ? anew(replay, marked, e) : unread(replay, e.toString(), marked);
    } catch (IOException e) {
      return unread(replay, e.toString(), marked);
    }
  }

  private Opened read(Database database, Replay replay, long marked) throws SQLException {
    var recovery = new Recovery(database.connection(), replay);
    try {
      var end = recovery.read();
      var trouble = "";
      if (marked > end.position()) {
        trouble =
            "the tail is damaged: lines "
                + (end.position() + 1)
                + " to "
                + marked
                + " were on disk and are missing";
        LOG.error("journal {}: {}; whoever is not told again has lost them", file, trouble);
        replay.damaged(trouble);
      }
      long replayFrom = recovery.number("replayFrom");
      long notesFrom = recovery.number("notesFrom");
      return new Opened(
          database,
          new Journal.End(Math.max(marked, end.position()), end.note()),
          replayFrom,
          notesFrom,
          database.bytes(),
          trouble);
    } catch (SQLException e) {
      database.close();
      throw e;
    }
  }

  private Opened anew(Replay replay, long marked, SQLException damage) {
    var aside = nameAside("damaged", now);
    LOG.error(
        "journal {}: {}; put aside as {}, a new one is begun", file, damage.getMessage(), aside);
    replay.damaged("the file is damaged (" + damage.getMessage() + "), put aside as " + aside);
    try {
      var unused = putAside(folder, aside);
      var database = Database.open(file);
      return new Opened(database, new Journal.End(marked, 0), 0, 0, 0, "the old file is damaged");
    } catch (IOException | SQLException e) {
      return without(e.toString(), marked);
    }
  }

  /**
   * Nothing can be read now. What is there may come back, but by then other things have happened.
   */
  private static Opened unread(Replay replay, String why, long marked) {
    replay.damaged("the journal could not be read (" + why + ")");
    return without(why, marked);
  }

  private static Opened without(String why, long marked) {
    return new Opened(null, new Journal.End(marked, 0), 0, 0, 0, why);
  }

  static String nameAside(String why, Instant now) {
    return "journal-" + why + "-" + now.toEpochMilli();
  }

  /**
   * Gives a journal's files other names; whether there were any. Of those that were put aside
   * before, the newest stay, {@value #ASIDE_MAX} in all: they are for people to look at, and must
   * not fill the disk that the journal needs.
   */
  static boolean putAside(Path folder, String name) throws IOException {
    boolean any = false;
    for (String end : new String[] {".db", ".db-wal", ".db-shm"}) {
      var part = folder.resolve("journal" + end);
      if (Files.exists(part)) {
        Files.move(part, folder.resolve(name + end));
        any = true;
      }
    }
    deleteOldAside(folder, name);
    return any;
  }

  /** A disk that does not let go of them keeps the journal from nothing. */
  private static void deleteOldAside(Path folder, String newest) {
    var aside = new TreeMap<String, List<Path>>(); // by time, which has as many digits for long
    try (var files = Files.newDirectoryStream(folder, "journal-*-*.db*")) {
      for (Path part : files) {
        var name = ASIDE.matcher(String.valueOf(part.getFileName()));
        if (name.matches() && !newest.endsWith("-" + name.group(1))) {
          aside.computeIfAbsent(name.group(1), unused -> new ArrayList<>()).add(part);
        }
      }
      var oldest = aside.values().iterator();
      for (int extra = aside.size() - (ASIDE_MAX - 1); extra > 0; extra--) {
        for (Path part : oldest.next()) {
          LOG.warn("journal: {} is deleted, the oldest of more than {} put aside", part, ASIDE_MAX);
          Files.delete(part);
        }
      }
    } catch (IOException e) {
      LOG.warn("journal: {}: what was put aside long ago stays: {}", folder, e.toString());
    }
  }

  /** Whether the file itself is wrong: trying again does not help, a new one does. */
  static boolean isDamage(SQLException e) {
    return e instanceof SQLiteException sqlite
        && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB
            // shorter than it says: its end was cut off
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ);
  }
}
