package io.medtwin.ditto.embedded;

import java.util.Map;

/**
 * What an endpoint did since it started.
 *
 * @param commands that arrived, over HTTP and WebSocket
 * @param answers by status, including answers that were lost on purpose or not wanted
 * @param eventsSent events handed to sockets
 * @param eventsDropped events lost because a client read too slowly
 */
public record Counters(
    long commands, Map<Integer, Long> answers, long eventsSent, long eventsDropped) {
  public Counters {
    answers = Map.copyOf(answers);
  }

  /** How many answers had this status. */
  public long answered(int status) {
    return answers.getOrDefault(status, 0L);
  }
}
