package io.medtwin.testkit;

/** One thing that happened on a recorded link, in the order of the file. */
public sealed interface CaptureEvent
    permits CaptureEvent.Sent, CaptureEvent.Line, CaptureEvent.Lost, CaptureEvent.End {

  /** When, in microseconds since the beginning of the capture; never less than the one before. */
  long micros();

  /**
   * Bytes or a message, one way or the other.
   *
   * @param micros when
   * @param turn what was sent
   * @param redacted bytes of it that were replaced, so that it names nobody; its checksum may not
   *     hold any more
   */
  record Sent(long micros, Transcript.Turn turn, int redacted) implements CaptureEvent {}

  /** What a line may do. */
  enum Change {
    /** It is open: a session begins. */
    OPENED,
    /** The gateway closed it: its driver left, or silence was too long. */
    CLOSED,
    /** The other side closed it. */
    ENDED,
    /** It failed while it was open. */
    LOST,
    /** It could not be opened. */
    FAILED
  }

  /**
   * The line itself.
   *
   * @param micros when
   * @param change what became of it
   * @param why in the system's words, empty where there are none
   */
  record Line(long micros, Change change, String why) implements CaptureEvent {}

  /**
   * The recording could not keep up here.
   *
   * @param micros when that was known
   * @param count reads, writes and messages that are missing, 1 or more
   */
  record Lost(long micros, long count) implements CaptureEvent {}

  /**
   * The recording ends here in order; a file without it was cut.
   *
   * @param micros when
   */
  record End(long micros) implements CaptureEvent {}
}
