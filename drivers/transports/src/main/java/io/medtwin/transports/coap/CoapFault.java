package io.medtwin.transports.coap;

/** What a hub turns away. Each kind is logged when it first happens, then only counted. */
public enum CoapFault {
  /** A path other than {@code /ingest/{device}}, {@code /alarm/{device}} (4.04). */
  UNKNOWN_PATH("a path that is not served (4.04)"),
  /** A device that is not configured (4.04). */
  UNKNOWN_DEVICE("a device that is not configured (4.04)"),
  /** Not a POST (4.05). */
  WRONG_METHOD("a method other than POST (4.05)"),
  /** The DTLS identity is not the device in the path (4.03). */
  WRONG_IDENTITY("a device posted in another's name (4.03)"),
  /** An alarm that was not sent confirmable (4.00). */
  UNCONFIRMED_ALARM("an alarm that was not confirmable (4.00)"),
  /** A content format that nobody here reads (4.15). */
  UNKNOWN_FORMAT("a content format that is not read here (4.15)"),
  /** The device is configured, its link is not open (5.03). */
  LINK_CLOSED("a device whose link is not open (5.03)"),
  /** The link's inbox is full (5.03). */
  INBOX_FULL("a device whose inbox is full (5.03)"),
  /** A datagram more than can wait for the protocol thread; dropped, and the sender repeats it. */
  OVERLOAD("more datagrams than can be worked off; dropped"),
  /** The driver refused the content (4.00, 4.03, 4.13, 4.15). */
  REFUSED("content that the driver refused"),
  /** A handshake with an identity that has no key. */
  UNKNOWN_IDENTITY("a DTLS identity without a key"),
  /** A handshake with an identity whose key is shorter than 128 bits. */
  WEAK_KEY("a DTLS identity with a key of less than 128 bits");

  private final String text;

  CoapFault(String text) {
    this.text = text;
  }

  /** What happened, for people. */
  public String text() {
    return text;
  }
}
