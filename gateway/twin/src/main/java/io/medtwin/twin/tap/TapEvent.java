package io.medtwin.twin.tap;

import java.time.Instant;

/** One step on the way from the wire to the twin, as it happened. Never kept, never logged. */
public sealed interface TapEvent {

  /** When, by the gateway's clock. */
  Instant at();

  /**
   * Bytes of a stream.
   *
   * @param at when
   * @param sent whether the gateway sent them (a poll, an acknowledgement); else it received them
   * @param bytes the bytes, {@value Tap#MOST_BYTES} at most, as a copy
   * @param length how many there were
   */
  record Bytes(Instant at, boolean sent, byte[] bytes, int length) implements TapEvent {}

  /**
   * A message.
   *
   * @param at when
   * @param topic topic, path or address it came on
   * @param contentType as told, or empty
   * @param bytes its payload, {@value Tap#MOST_BYTES} at most, as a copy
   * @param length how long the payload was
   */
  record Message(Instant at, String topic, String contentType, byte[] bytes, int length)
      implements TapEvent {}

  /**
   * Bytes or a message that the driver made no sense of.
   *
   * @param at when
   * @param why in the driver's words
   * @param length how many bytes
   */
  record Discarded(Instant at, String why, int length) implements TapEvent {}

  /**
   * What the driver emitted.
   *
   * @param at arrival
   * @param sequence number of the report
   * @param kind {@code reading}, {@code alert}, {@code event}, {@code identity} or {@code presence}
   * @param name parameter, alert code or event code in the driver's words
   * @param value as the device said it
   * @param unit as the device said it, or empty
   */
  record Heard(Instant at, long sequence, String kind, String name, String value, String unit)
      implements TapEvent {}

  /**
   * What became of a report.
   *
   * @param at observation time, or arrival where there is none
   * @param name the driver's name, as in {@link Heard}
   * @param finding {@code observation}, {@code wave}, {@code unmapped}, {@code withheld}, {@code
   *     undated}, {@code rejected}, {@code alert}, {@code event}, {@code identity}, {@code seen}
   * @param path place in the twin, such as {@code features/spo2/properties/saturation}; empty where
   *     it has none
   * @param code IEEE 11073 code, or 0
   * @param value normalized value as text, empty where there is none
   * @param unit UCUM unit, or empty
   * @param note validity, or why it is not published
   */
  record Made(
      Instant at,
      String name,
      String finding,
      String path,
      int code,
      String value,
      String unit,
      String note)
      implements TapEvent {}
}
