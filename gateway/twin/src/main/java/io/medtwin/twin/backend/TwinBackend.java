package io.medtwin.twin.backend;

import java.util.concurrent.CompletionStage;

/**
 * Where twins are kept. All methods may be called from any thread and return at once.
 *
 * <p>The caller keeps one command in flight for each thing and bounds how many are in flight in
 * total; the backend neither queues nor retries. Every submitted command is answered, exactly once,
 * within the backend's own time-out: a lost connection is the answer {@link Answer.Busy}, never
 * silence.
 */
public interface TwinBackend extends AutoCloseable {

  /** Whether the backend could be reached when last tried. */
  enum Reach {
    CONNECTING,
    CONNECTED,
    DISCONNECTED
  }

  /** Starts connecting, and keeps reconnecting (back-off with jitter) until {@link #close}. */
  void start();

  /** Carries out one command. The stage always completes normally. */
  CompletionStage<Answer> submit(TwinCommand command);

  /** Connection state now. */
  Reach reach();

  /** Where twins are kept, for people: a URL without credentials. */
  String name();

  /** Closes within a few seconds; commands in flight are answered {@link Answer.Busy}. */
  @Override
  void close();
}
