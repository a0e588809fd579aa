package io.medtwin.ditto.embedded.internal.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What happened so far, counted; any thread. */
public final class Tally {
  private final LongAdder commands = new LongAdder();
  private final LongAdder eventsSent = new LongAdder();
  private final LongAdder eventsDropped = new LongAdder();
  private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();

  void command() {
    commands.increment();
  }

  void answered(int status) {
    answers.computeIfAbsent(status, s -> new LongAdder()).increment();
  }

  void eventSent() {
    eventsSent.increment();
  }

  void eventDropped() {
    eventsDropped.increment();
  }

  /** Commands that arrived, over HTTP and WebSocket. */
  public long commands() {
    return commands.sum();
  }

  /** Events handed to sockets. */
  public long eventsSent() {
    return eventsSent.sum();
  }

  /** Events lost because a client read too slowly. */
  public long eventsDropped() {
    return eventsDropped.sum();
  }

  /** Answers by status; what was carried out without an answer is counted under its status too. */
  public Map<Integer, Long> answers() {
    Map<Integer, Long> counts = new TreeMap<>();
    answers.forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }
}
