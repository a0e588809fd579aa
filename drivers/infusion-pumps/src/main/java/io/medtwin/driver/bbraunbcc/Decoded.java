package io.medtwin.driver.bbraunbcc;

import org.jspecify.annotations.Nullable;

/** What the bytes from SOH to EOT turned out to be. */
public sealed interface Decoded {

  /**
   * A frame whose length and checksum are right.
   *
   * @param frame what it says
   * @param stuffing how it came; null where it holds none of the letters, so that both fit
   */
  record Accepted(BccFrame frame, @Nullable Stuffing stuffing) implements Decoded {}

  /**
   * Not a frame that may be believed, stuffed or not.
   *
   * @param why one of a few constant texts, the key of a counter
   */
  record Rejected(String why) implements Decoded {}
}
