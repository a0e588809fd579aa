package io.medtwin.benchmarks.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;

/** SQLite: one table, WAL, {@code synchronous=FULL}. */
final class SqliteStore implements Store {

  private static final String INSERT =
      "INSERT INTO entry(position, device, kind, at, sequence, body, crc) VALUES (?,?,?,?,?,?,?)";

  private final Connection connection;
  private final PreparedStatement insert;

  /**
   * Opens or makes the database.
   *
   * @param autoCheckpoint pages of the log after which a commit moves them into the database; 0:
   *     never
   */
  SqliteStore(Path folder, int autoCheckpoint) throws SQLException {
    connection = connect(folder);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint=" + autoCheckpoint);
      statement.execute(
          "CREATE TABLE IF NOT EXISTS entry(position INTEGER PRIMARY KEY, device INTEGER, kind"
              + " INTEGER, at INTEGER, sequence INTEGER, body TEXT, crc INTEGER)");
    }
    connection.setAutoCommit(false);
    insert = connection.prepareStatement(INSERT);
  }

  /** Another connection to the same database. */
  static Connection connect(Path folder) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    return config.createConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
  }

  @Override
  public void commit(List<Row> rows) throws SQLException {
    for (Row row : rows) {
      insert.setLong(1, row.position());
      insert.setInt(2, row.device());
      insert.setInt(3, row.kind());
      insert.setLong(4, row.at());
      insert.setLong(5, row.sequence());
      insert.setString(6, row.body());
      insert.setInt(7, row.crc());
      insert.executeUpdate();
    }
    connection.commit();
  }

  @Override
  public long last() throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT COALESCE(MAX(position), 0) FROM entry")) {
      return result.getLong(1);
    }
  }

  @Override
  public void forEach(Consumer<Row> reader) throws SQLException {
    try (var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT position, device, kind, at, sequence, body, crc FROM entry ORDER BY"
                    + " position")) {
      while (result.next()) {
        reader.accept(
            new Row(
                result.getLong(1),
                result.getInt(2),
                result.getInt(3),
                result.getLong(4),
                result.getLong(5),
                result.getString(6),
                result.getInt(7)));
      }
    }
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    connection.close();
  }
}
