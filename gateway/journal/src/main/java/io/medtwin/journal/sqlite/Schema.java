package io.medtwin.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** Tables of a journal, and views for people with {@code sqlite3}. */
final class Schema {

  /** Written into {@code user_version}; a file with a higher one is of a newer gateway. */
  static final int VERSION = 1;

  private static final String[] STATEMENTS = {
    "CREATE TABLE IF NOT EXISTS device(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS entry(position INTEGER PRIMARY KEY, kind INTEGER NOT NULL, device"
        + " INTEGER NOT NULL, at INTEGER NOT NULL, sequence INTEGER NOT NULL, body TEXT NOT NULL,"
        + " crc INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS note(id INTEGER PRIMARY KEY, after INTEGER NOT NULL, kind INTEGER"
        + " NOT NULL, device INTEGER NOT NULL, at INTEGER NOT NULL, epoch INTEGER NOT NULL, seq"
        + " INTEGER NOT NULL, outcome TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS snapshot(device INTEGER PRIMARY KEY, position INTEGER NOT NULL,"
        + " note INTEGER NOT NULL, body TEXT NOT NULL, crc INTEGER NOT NULL)",
    "CREATE VIEW IF NOT EXISTS report AS SELECT e.position, d.name AS device,"
        + " strftime('%Y-%m-%dT%H:%M:%fZ', (e.at + coalesce(r.value ->> 'after', 0)) / 1000.0,"
        + " 'unixepoch') AS at, e.sequence + r.key AS sequence, coalesce(r.value ->> 'reading',"
        + " r.value ->> 'alert', r.value ->> 'event') AS what, coalesce(r.value ->> 'value',"
        + " r.value ->> 'code', r.value ->> 'phase', r.value ->> 'text', r.value ->> 'absent') AS"
        + " said, r.value ->> 'unit' AS unit, r.value AS json FROM entry e JOIN device d ON d.id ="
        + " e.device, json_each(e.body) r WHERE e.kind IN (0, 1, 4)",
    "CREATE VIEW IF NOT EXISTS command AS SELECT n.id, d.name AS device,"
        + " strftime('%Y-%m-%dT%H:%M:%fZ', n.at / 1000.0, 'unixepoch') AS at, CASE n.kind WHEN 1"
        + " THEN 'aged' WHEN 2 THEN 'sent' WHEN 3"
        + " THEN 'settled' ELSE 'restarted' END AS what, n.epoch, n.seq, n.outcome,"
        + " n.after FROM note n JOIN device d ON d.id = n.device",
  };

  private Schema() {}

  /** Makes what is missing. Nothing is written where everything is there. */
  static void make(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      int version;
      try (var rows = statement.executeQuery("PRAGMA user_version")) {
        version = rows.next() ? rows.getInt(1) : 0;
      }
      if (version > VERSION) {
        throw new SQLException(
            "the journal was written by a newer gateway (schema "
                + version
                + ", this one knows "
                + VERSION
                + "); use that gateway, or move the journal away");
      }
      if (version < VERSION) {
        for (String sql : STATEMENTS) {
          statement.executeUpdate(sql);
        }
        statement.executeUpdate("PRAGMA user_version=" + VERSION);
      }
    }
    UnclaimedTable.make(connection);
  }
}
