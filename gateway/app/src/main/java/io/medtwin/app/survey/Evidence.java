package io.medtwin.app.survey;

import io.medtwin.spi.Message;
import java.time.Duration;
import java.util.List;

/**
 * What was recorded.
 *
 * @param bytes of the device, in order; empty where it sends messages
 * @param messages of the device, in order
 * @param requests writes of whoever asked it
 * @param span from the first to the last
 */
public record Evidence(byte[] bytes, List<Message> messages, int requests, Duration span) {

  /** Most bytes that are looked at; more tell nothing new. */
  public static final int BYTES_MAX = 256 << 10;

  /** Most messages that are looked at. */
  public static final int MESSAGES_MAX = 2_000;

  public Evidence {
    bytes = bytes.clone();
    messages = List.copyOf(messages);
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }
}
