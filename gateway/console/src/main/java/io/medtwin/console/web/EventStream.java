package io.medtwin.console.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One client that listens to events. Nobody who tells it anything ever waits for it. */
public interface EventStream {

  /** Says nothing, and keeps the connection. */
  byte[] COMMENT = ": \n\n".getBytes(StandardCharsets.UTF_8);

  /**
   * Sends what {@link #event} made; returns at once. A client that already lets {@link
   * Limits#EVENTS} wait is dropped.
   *
   * @return whether the client is still there
   */
  boolean send(byte[] event);

  /** Ends the stream after what was sent. */
  void end();

  /** Whether the client is there. */
  boolean isOpen();

  /** Waits until the client is gone, so long at most; gives whether it is. */
  boolean awaitGone(Duration wait) throws InterruptedException;

  /** An event, to be sent to any number of clients. The JSON has no line breaks. */
  static byte[] event(String name, byte[] json) {
    byte[] head = ("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8);
    var event = new byte[head.length + json.length + 2];
    System.arraycopy(head, 0, event, 0, head.length);
    System.arraycopy(json, 0, event, head.length, json.length);
    event[event.length - 2] = '\n';
    event[event.length - 1] = '\n';
    return event;
  }
}
