package io.medtwin.journal.sqlite;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Journal;
import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Received;
import io.medtwin.journal.Replay;
import io.medtwin.journal.Saved;
import io.medtwin.journal.json.LineJson;
import io.medtwin.journal.json.MuteJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal back: saved states, then entries and notes in the order in which they took
 * effect. A line whose checksum is wrong is left out and told; the lines around it count.
 */
final class Recovery {

  /** Lines before the replayed ones whose messages are told. */
  private static final int MESSAGES_FROM = 1_024;

  private static final String MESSAGE = "\"message\":";

  private final Connection connection;
  private final Replay replay;
  private final LineJson json = new LineJson();
  private final CRC32C crc = new CRC32C();
  private final Map<Integer, String> devices = new HashMap<>();
  private final Map<Integer, Saved> saved = new HashMap<>();
  private long lastPosition;
  private long lastNote;

  Recovery(Connection connection, Replay replay) {
    this.connection = connection;
    this.replay = replay;
  }

  /**
   * Reads everything a restart needs.
   *
   * @return where the journal ends
   * @throws SQLException the file cannot be read on; what was read before has been taken in
   */
  Journal.End read() throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT id, name FROM device")) {
      while (rows.next()) {
        devices.put(rows.getInt(1), rows.getString(2));
      }
    }
    readSaved();
    long replayFrom = number("replayFrom");
    long notesFrom = number("notesFrom");
    lastPosition = Math.max(lastPosition, number("trimmedTo"));
    readMessages(replayFrom);
    try (var entries =
            connection.prepareStatement(
                "SELECT position, kind, device, at, sequence, body, crc FROM entry WHERE position"
                    + " >= ? ORDER BY position");
        var notes =
            connection.prepareStatement(
                "SELECT id, after, kind, device, at, epoch, seq, outcome FROM note WHERE id >= ?"
                    + " ORDER BY id")) {
      entries.setLong(1, replayFrom);
      notes.setLong(1, notesFrom);
      try (var entryRows = entries.executeQuery();
          var noteRows = notes.executeQuery()) {
        merge(entryRows, noteRows);
      }
    }
    return new Journal.End(lastPosition, lastNote);
  }

  /**
   * Plays what one device said in a time, and the notes of it, whatever a restart needs; nothing of
   * another device, and no saved state.
   */
  void readHistory(String device, Instant from, Instant to) throws SQLException {
    try (var query = connection.prepareStatement("SELECT id FROM device WHERE name = ?")) {
      query.setString(1, device);
      try (var rows = query.executeQuery()) {
        if (!rows.next()) {
          return;
        }
        devices.put(rows.getInt(1), device);
      }
    }
    int id = devices.keySet().iterator().next();
    try (var entries =
            connection.prepareStatement(
                "SELECT position, kind, device, at, sequence, body, crc FROM entry WHERE position"
                    + " >= ? AND position <= ? AND device = ? ORDER BY position");
        var notes =
            connection.prepareStatement(
                "SELECT id, after, kind, device, at, epoch, seq, outcome FROM note WHERE device = ?"
                    + " AND at BETWEEN ? AND ? ORDER BY id")) {
      entries.setLong(1, positionAt(from.toEpochMilli()));
      entries.setLong(2, positionAt(to.toEpochMilli() + 1));
      entries.setInt(3, id);
      notes.setInt(1, id);
      notes.setLong(2, from.toEpochMilli());
      notes.setLong(3, to.toEpochMilli());
      try (var entryRows = entries.executeQuery();
          var noteRows = notes.executeQuery()) {
        merge(entryRows, noteRows);
      }
    }
  }

  /** First position at which it is that time; positions go with time, so a few looks find it. */
  private long positionAt(long millis) throws SQLException {
    long low;
    long high;
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT min(position), max(position) FROM entry")) {
      low = rows.next() ? rows.getLong(1) : 0;
      high = rows.getLong(2) + 1;
    }
    try (var query =
        connection.prepareStatement(
            "SELECT position, at FROM entry WHERE position >= ? ORDER BY position LIMIT 1")) {
      while (low < high) {
        long middle = (low + high) >>> 1;
        query.setLong(1, middle);
        try (var rows = query.executeQuery()) {
          if (!rows.next() || rows.getLong(2) >= millis) {
            high = middle;
          } else {
            low = rows.getLong(1) + 1;
          }
        }
      }
    }
    return low;
  }

  /** What was taken shortly before those lines that are read anyway. */
  private void readMessages(long replayFrom) {
    try (var lines =
        connection.prepareStatement(
            "SELECT body FROM entry WHERE position < ? AND kind IN (0, 1, 4) ORDER BY position"
                + " DESC LIMIT ?")) {
      lines.setLong(1, replayFrom);
      lines.setInt(2, MESSAGES_FROM);
      try (var rows = lines.executeQuery()) {
        while (rows.next()) {
          messages(String.valueOf(rows.getString(1)));
        }
      }
    } catch (SQLException e) {
      // a restart does not need that part of the file, and is not to fail for it
    }
  }

  /** Without reading the whole line: a quotation mark inside a text has a backslash before it. */
  private void messages(String body) {
    for (int at = body.indexOf(MESSAGE); at >= 0; at = body.indexOf(MESSAGE, at)) {
      at += MESSAGE.length();
      int end = at;
      while (end < body.length() && "-0123456789".indexOf(body.charAt(end)) >= 0) {
        end++;
      }
      try {
        replay.message(Long.parseLong(body, at, end, 10));
      } catch (NumberFormatException e) {
        // damaged: what its sender sends again is taken again
      }
    }
  }

  private void message(Received received) {
    if (received.message() != 0) {
      replay.message(received.message());
    }
  }

  /** The number kept under a key, 0 where there is none. */
  long number(String key) throws SQLException {
    try (var query = connection.prepareStatement("SELECT value FROM meta WHERE key = ?")) {
      query.setString(1, key);
      try (var rows = query.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  private void readSaved() throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT device, position, note, body, crc FROM snapshot")) {
      while (rows.next()) {
        byte[] text = rows.getBytes(4);
        long position = rows.getLong(2);
        long note = rows.getLong(3);
        lastPosition = Math.max(lastPosition, position);
        lastNote = Math.max(lastNote, note);
        var device = devices.get(rows.getInt(1));
        if (device == null || text == null || Database.sum(crc, text) != rows.getLong(5)) {
          replay.damaged("the saved state of " + device + " is damaged and left out");
          continue;
        }
        var state = new Saved(device, position, note, new String(text, StandardCharsets.UTF_8));
        saved.put(rows.getInt(1), state);
        replay.saved(state);
      }
    }
  }

  /** Entries in order; before each of them the notes that were made before it was taken. */
  private void merge(ResultSet entries, ResultSet notes) throws SQLException {
    boolean moreNotes = notes.next();
    while (entries.next()) {
      long position = entries.getLong(1);
      while (moreNotes && notes.getLong(2) < position) {
        note(notes);
        moreNotes = notes.next();
      }
      lastPosition = Math.max(lastPosition, position);
      var state = saved.get(entries.getInt(3));
      if (state == null || position > state.position()) {
        entry(position, entries);
      } else if (Database.isHeard(entries.getInt(2))) {
        messages(String.valueOf(entries.getString(6)));
      }
    }
    while (moreNotes) {
      note(notes);
      moreNotes = notes.next();
    }
  }

  private void entry(long position, ResultSet row) throws SQLException {
    var device = devices.get(row.getInt(3));
    byte[] text = row.getBytes(6);
    if (device == null || text == null || Database.sum(crc, text) != row.getLong(7)) {
      replay.damaged("line " + position + " (" + device + ") is damaged and left out");
      return;
    }
    var body = new String(text, StandardCharsets.UTF_8);
    var at = Instant.ofEpochMilli(row.getLong(4));
    try {
      var entry =
          switch (row.getInt(2)) {
            case Database.LINK_UP -> new Entry.LinkUp(device, at);
            case Database.LINK_DOWN -> new Entry.LinkDown(device, body, at);
            case Database.MUTED -> MuteJson.muted(device, at, body);
            case Database.UNMUTED -> MuteJson.unmuted(device, at, body);
            default -> new Entry.Heard(device, json.read(device, at, row.getLong(5), body));
          };
      if (entry instanceof Entry.Heard heard) {
        heard.reports().forEach(this::message);
      }
      replay.entry(new Kept(position, entry));
    } catch (IOException | IllegalArgumentException e) {
      replay.damaged("line " + position + " (" + device + ") cannot be read and is left out");
    }
  }

  private void note(ResultSet row) throws SQLException {
    long id = row.getLong(1);
    lastNote = Math.max(lastNote, id);
    var state = saved.get(row.getInt(4));
    if (state != null && id <= state.note()) {
      return;
    }
    var note = note(id, row);
    if (note == null) {
      replay.damaged("note " + id + " is damaged and left out");
    } else {
      replay.note(note);
    }
  }

  private @Nullable Note note(long id, ResultSet row) throws SQLException {
    var device = devices.get(row.getInt(4));
    if (device == null) {
      return null;
    }
    long after = row.getLong(2);
    var at = Instant.ofEpochMilli(row.getLong(5));
    long epoch = row.getLong(6);
    long seq = row.getLong(7);
    return switch (row.getInt(3)) {
      case Database.AGED -> new Note.Aged(id, after, device, at);
      case Database.RESTARTED -> new Note.Restarted(id, after, device, at);
      case Database.SENT -> new Note.Sent(id, after, device, at, epoch, seq);
      default -> {
        var outcome = outcome(row.getString(8));
        yield outcome == null ? null : new Note.Settled(id, after, device, at, outcome, epoch, seq);
      }
    };
  }

  private static Note.@Nullable Outcome outcome(String word) {
    for (Note.Outcome outcome : Note.Outcome.values()) {
      if (outcome.name().equals(word)) {
        return outcome;
      }
    }
    return null;
  }
}
