package io.medtwin.journal.sqlite;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Saved;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.journal.json.LineJson;
import io.medtwin.journal.json.MuteJson;
import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** One open journal file, for writing. Used by one thread. */
final class Database implements AutoCloseable {

  /** Kinds of lines, in the order in which they are given up when room is short. */
  static final int WAVES = 0;

  static final int STATE = 1;
  static final int LINK_UP = 2;
  static final int LINK_DOWN = 3;
  static final int URGENT = 4;
  static final int MUTED = 5;
  static final int UNMUTED = 6;
  static final int KINDS = 7;

  static final int AGED = 1;
  static final int SENT = 2;
  static final int SETTLED = 3;
  static final int RESTARTED = 4;

  /**
   * Frames of the write-ahead log after which it is folded into the file: 64 MiB. Each fold holds a
   * commit for a moment, so it is to be seldom; the numbers are in RATIONALE.md.
   */
  private static final int CHECKPOINT_PAGES = 16_000;

  private static final byte[] NOTHING = {};

  private static final int CACHE_KIB = 4_096;
  private static final int BUSY_MILLIS = 2_000;

  private final Connection connection;
  private final PreparedStatement entry;
  private final PreparedStatement note;
  private final PreparedStatement snapshot;
  private final PreparedStatement meta;
  private final Map<String, Integer> devices = new HashMap<>();
  private final LineJson json = new LineJson();
  private final CRC32C crc = new CRC32C();

  private Database(Connection connection) throws SQLException {
    this.connection = connection;
    Schema.make(connection);
    connection.setAutoCommit(false);
    entry = connection.prepareStatement("INSERT INTO entry VALUES(?,?,?,?,?,CAST(? AS TEXT),?)");
    note = connection.prepareStatement("INSERT INTO note VALUES(?,?,?,?,?,?,?,?)");
    snapshot =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO snapshot VALUES(?,?,?,CAST(? AS TEXT),?)");
    meta = connection.prepareStatement("INSERT OR REPLACE INTO meta VALUES(?,?)");
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT id, name FROM device")) {
      while (rows.next()) {
        devices.put(rows.getString(2), rows.getInt(1));
      }
    }
    connection.commit();
  }

  /** Opens a journal for writing, and makes it if there is none. */
  static Database open(Path file) throws SQLException {
    var config = settings();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setPragma(
        SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, Integer.toString(4096 * CHECKPOINT_PAGES));
    var connection = config.createConnection("jdbc:sqlite:" + file);
    try {
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA wal_autocheckpoint=" + CHECKPOINT_PAGES);
      }
      return new Database(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Opens a journal that another process may be writing, for reading. */
  static Connection reader(Path file) throws SQLException {
    var config = settings();
    config.setReadOnly(true);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static SQLiteConfig settings() {
    var config = new SQLiteConfig();
    config.setCacheSize(-CACHE_KIB);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return config;
  }

  /** The connection, for reading before anything is written. */
  Connection connection() {
    return connection;
  }

  /** Adds an entry to the commit under way. */
  void add(Kept kept) throws SQLException {
    switch (kept.entry()) {
      case Entry.Heard heard -> {
        long sequence = heard.reports().getFirst().sequence();
        line(kept, kindOf(heard), sequence, json.write(heard.reports()));
      }
      case Entry.LinkUp up -> line(kept, LINK_UP, 0, NOTHING);
      case Entry.LinkDown down ->
          line(kept, LINK_DOWN, 0, down.why().getBytes(StandardCharsets.UTF_8));
      case Entry.Muted muted ->
          line(kept, MUTED, 0, MuteJson.write(muted).getBytes(StandardCharsets.UTF_8));
      case Entry.Unmuted unmuted ->
          line(kept, UNMUTED, 0, MuteJson.write(unmuted).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Whether lines of a kind hold reports. */
  static boolean isHeard(int kind) {
    return kind == WAVES || kind == STATE || kind == URGENT;
  }

  private void line(Kept kept, int kind, long sequence, byte[] text) throws SQLException {
    entry.setLong(1, kept.position());
    entry.setInt(2, kind);
    entry.setInt(3, device(kept.entry().device()));
    entry.setLong(4, kept.entry().at().toEpochMilli());
    entry.setLong(5, sequence);
    entry.setBytes(6, text);
    entry.setLong(7, sum(crc, text));
    entry.addBatch();
  }

  /** Adds a note to the commit under way. */
  void add(Note added) throws SQLException {
    note.setLong(1, added.id());
    note.setLong(2, added.after());
    note.setInt(4, device(added.device()));
    note.setLong(5, added.at().toEpochMilli());
    switch (added) {
      case Note.Aged aged -> rest(AGED, 0, 0, "");
      case Note.Restarted restarted -> rest(RESTARTED, 0, 0, "");
      case Note.Sent sent -> rest(SENT, sent.epoch(), sent.seq(), "");
      case Note.Settled settled ->
          rest(SETTLED, settled.epoch(), settled.seq(), settled.outcome().name());
    }
    note.addBatch();
  }

  private void rest(int kind, long epoch, long seq, String outcome) throws SQLException {
    note.setInt(3, kind);
    note.setLong(6, epoch);
    note.setLong(7, seq);
    note.setString(8, outcome);
  }

  /** Adds saved states, and from where a restart reads on, to the commit under way. */
  void add(List<Saved> states, long replayFrom, long notesFrom) throws SQLException {
    for (Saved saved : states) {
      byte[] text = saved.body().getBytes(StandardCharsets.UTF_8);
      snapshot.setInt(1, device(saved.device()));
      snapshot.setLong(2, saved.position());
      snapshot.setLong(3, saved.note());
      snapshot.setBytes(4, text);
      snapshot.setLong(5, sum(crc, text));
      snapshot.addBatch();
    }
    set("replayFrom", replayFrom);
    set("notesFrom", notesFrom);
  }

  /** Adds unclaimed devices to the commit under way. */
  void add(List<UnclaimedDevice> newer, List<UnclaimedDevice> gone) throws SQLException {
    UnclaimedTable.write(connection, newer, gone);
  }

  /** Sets a number of the journal itself in the commit under way. */
  void set(String key, long value) throws SQLException {
    meta.setString(1, key);
    meta.setLong(2, value);
    meta.addBatch();
  }

  /** Writes everything to disk: when it returns, it is there. */
  void commit() throws SQLException {
    entry.executeBatch();
    note.executeBatch();
    snapshot.executeBatch();
    meta.executeBatch();
    connection.commit();
  }

  /** Bytes in use. */
  long bytes() throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count() p,"
                    + " pragma_freelist_count() f, pragma_page_size() s")) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /**
   * A line and its time.
   *
   * @param position its position; the largest there is where there is no line
   * @param at arrival, epoch milliseconds
   */
  record Line(long position, long at) {}

  /** The first line at a position or after it. */
  Line firstFrom(long position) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT position, at FROM entry WHERE position >= ? ORDER BY position LIMIT 1")) {
      query.setLong(1, position);
      try (var rows = query.executeQuery()) {
        return rows.next()
            ? new Line(rows.getLong(1), rows.getLong(2))
            : new Line(Long.MAX_VALUE, Long.MAX_VALUE);
      }
    }
  }

  /**
   * Removes the lines of a kind between two positions, as part of the commit under way.
   *
   * @return how many were removed
   */
  int trim(int kind, long from, long before) throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM entry WHERE position >= ? AND position < ? AND kind = ?")) {
      delete.setLong(1, from);
      delete.setLong(2, before);
      delete.setInt(3, kind);
      return delete.executeUpdate();
    }
  }

  /** Removes notes before one that a restart needs, as part of the commit under way. */
  int trimNotes(long before, int most) throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM note WHERE id IN (SELECT id FROM note WHERE id < ? ORDER BY id LIMIT"
                + " ?)")) {
      delete.setLong(1, before);
      delete.setInt(2, most);
      return delete.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Checksum of a text, as stored beside it. */
  static long sum(CRC32C crc, byte[] text) {
    crc.reset();
    crc.update(text);
    return crc.getValue();
  }

  private int device(String name) throws SQLException {
    var known = devices.get(name);
    if (known != null) {
      return known;
    }
    int id = devices.size() + 1;
    try (var insert = connection.prepareStatement("INSERT INTO device VALUES(?,?)")) {
      insert.setInt(1, id);
      insert.setString(2, name);
      insert.executeUpdate();
    }
    devices.put(name, id);
    return id;
  }

  private static int kindOf(Entry.Heard heard) {
    int kind = WAVES;
    for (var received : heard.reports()) {
      switch (received.report()) {
        case Reading reading when reading.value() instanceof Samples -> {}
        case Alert _, DeviceEvent _ -> {
          return URGENT;
        }
        case Reading _, io.medtwin.spi.Identity _, io.medtwin.spi.Presence _ -> kind = STATE;
      }
    }
    return kind;
  }
}
