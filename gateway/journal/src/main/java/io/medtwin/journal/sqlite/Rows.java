package io.medtwin.journal.sqlite;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Kept;
import io.medtwin.journal.Received;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries on their way to lines: reports of one device that come one after the other share a line.
 */
final class Rows {

  private static final int SHARED = 64;

  private final List<Entry> entries = new ArrayList<>();
  private final List<Received> open = new ArrayList<>();

  void clear() {
    entries.clear();
    open.clear();
  }

  void add(Entry entry) {
    if (entry instanceof Entry.Heard heard) {
      if (!follows(heard)) {
        close();
      }
      open.addAll(heard.reports());
    } else {
      close();
      entries.add(entry);
    }
  }

  /** How many lines there are, the one being filled among them. */
  int count() {
    return entries.size() + (open.isEmpty() ? 0 : 1);
  }

  /** The lines in their places, after {@code position}. */
  List<Kept> kept(long position) {
    close();
    var kept = new ArrayList<Kept>(entries.size());
    for (Entry entry : entries) {
      kept.add(new Kept(position + kept.size() + 1, entry));
    }
    return kept;
  }

  private boolean follows(Entry.Heard heard) {
    if (open.isEmpty() || open.size() + heard.reports().size() > SHARED) {
      return false;
    }
    var last = open.getLast();
    return last.device().equals(heard.device())
        && last.sequence() + 1 == heard.reports().getFirst().sequence();
  }

  private void close() {
    if (!open.isEmpty()) {
      entries.add(new Entry.Heard(open.getFirst().device(), open));
      open.clear();
    }
  }
}
