package io.medtwin.journal.sqlite;

import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.journal.json.UnclaimedJson;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of devices that were heard and that nobody configured; at most {@link #MOST_ROWS} rows.
 * It stands beside the lines of the journal: no restart depends on it.
 */
final class UnclaimedTable {

  /** Most rows; beyond it those heard longest ago go. */
  static final int MOST_ROWS = 256;

  private static final String MAKE =
      "CREATE TABLE IF NOT EXISTS unclaimed(hub TEXT NOT NULL, address TEXT NOT NULL, driver TEXT"
          + " NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, reports INTEGER NOT NULL,"
          + " body TEXT NOT NULL, PRIMARY KEY(hub, address)) WITHOUT ROWID";

  private UnclaimedTable() {}

  /** Makes it where it is missing; older gateways do not look at it. */
  static void make(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(MAKE);
    }
  }

  /** Puts devices in, and takes others out, as part of the commit under way. */
  static void write(Connection connection, List<UnclaimedDevice> newer, List<UnclaimedDevice> gone)
      throws SQLException {
    try (var put =
            connection.prepareStatement("INSERT OR REPLACE INTO unclaimed VALUES(?,?,?,?,?,?,?)");
        var remove =
            connection.prepareStatement("DELETE FROM unclaimed WHERE hub = ? AND address = ?");
        var bound =
            connection.prepareStatement(
                "DELETE FROM unclaimed WHERE (hub, address) IN (SELECT hub, address FROM unclaimed"
                    + " ORDER BY last DESC LIMIT -1 OFFSET ?)")) {
      for (UnclaimedDevice device : gone) {
        remove.setString(1, device.hub());
        remove.setString(2, device.address());
        remove.executeUpdate();
      }
      for (UnclaimedDevice device : newer) {
        var known = new UnclaimedJson.Known(device.parameters(), device.identity());
        put.setString(1, device.hub());
        put.setString(2, device.address());
        put.setString(3, device.driver());
        put.setLong(4, device.firstHeard().toEpochMilli());
        put.setLong(5, device.lastHeard().toEpochMilli());
        put.setLong(6, device.reports());
        put.setString(7, UnclaimedJson.write(known));
        put.executeUpdate();
      }
      bound.setInt(1, MOST_ROWS);
      bound.executeUpdate();
    }
  }

  /** All rows that make sense, by hub and address; none where an older gateway wrote the file. */
  static List<UnclaimedDevice> read(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      try (var tables =
          statement.executeQuery(
              "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'unclaimed'")) {
        if (!tables.next()) {
          return List.of();
        }
      }
      var devices = new ArrayList<UnclaimedDevice>();
      try (var rows =
          statement.executeQuery(
              "SELECT hub, address, driver, first, last, reports, body FROM unclaimed ORDER BY hub,"
                  + " address")) {
        while (rows.next()) {
          try {
            devices.add(device(rows));
          } catch (IOException e) {
            // damaged: the device is listed again with its next word
          }
        }
      }
      return List.copyOf(devices);
    }
  }

  private static UnclaimedDevice device(ResultSet row) throws SQLException, IOException {
    var known = UnclaimedJson.read(row.getString(7));
    return new UnclaimedDevice(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Instant.ofEpochMilli(row.getLong(4)),
        Instant.ofEpochMilli(row.getLong(5)),
        row.getLong(6),
        known.parameters(),
        known.identity());
  }
}
