package io.medtwin.driver.alarisasena;

/** What the bytes from {@code !} to carriage return turned out to be. */
public sealed interface Decoded permits AsenaFrame, Decoded.Rejected {

  /**
   * Not a frame that may be believed.
   *
   * @param why one of a few constant texts, the key of a counter
   */
  record Rejected(String why) implements Decoded {}
}
