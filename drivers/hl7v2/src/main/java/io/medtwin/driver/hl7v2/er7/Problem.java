package io.medtwin.driver.hl7v2.er7;

/** Why a message is not taken, by HL7 table 0357 (message error condition codes). */
public enum Problem {
  SEGMENT_SEQUENCE(100, "Segment sequence error", false),
  REQUIRED_FIELD(101, "Required field missing", false),
  DATA_TYPE(102, "Data type error", false),
  UNSUPPORTED_TYPE(200, "Unsupported message type", true),
  UNSUPPORTED_EVENT(201, "Unsupported event code", true),
  UNSUPPORTED_PROCESSING(202, "Unsupported processing id", true),
  UNSUPPORTED_VERSION(203, "Unsupported version id", true),
  /** A bound of ours, or a disk that fails. */
  INTERNAL(207, "Application internal error", false),
  /** The header itself is not usable. */
  HEADER(101, "Required field missing", true);

  private final int code;
  private final String text;
  private final boolean reject;

  Problem(int code, String text, boolean reject) {
    this.code = code;
    this.text = text;
    this.reject = reject;
  }

  /** Code of table 0357. */
  public int code() {
    return code;
  }

  /** Text of table 0357. */
  public String text() {
    return text;
  }

  /** Whether the whole kind of message is not for us (AR, CR) rather than this one's content. */
  public boolean isReject() {
    return reject;
  }
}
