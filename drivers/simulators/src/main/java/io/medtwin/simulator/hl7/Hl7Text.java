package io.medtwin.simulator.hl7;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One message while it is written: header, then rows in order. Used once, by one thread. */
final class Hl7Text {

  /** Authority of all instance numbers: an EUI-64 of a made-up maker, without extension. */
  static final String AUTHORITY = "00A0DE0000000000";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSZ").withZone(ZoneOffset.UTC);

  private final StringBuilder text = new StringBuilder();
  private int row;

  /**
   * Begins a message.
   *
   * @param station name of the sender
   * @param trigger {@code R01}, {@code R40} or {@code R42}
   * @param id its control id
   */
  Hl7Text(String station, String trigger, String id, Instant now) {
    var structure = trigger.equals("R40") ? "ORU_R40" : "ORU_R01";
    segment(
        "MSH|^~\\&|%s^00A0DE0000000099^EUI-64|MEDTWIN|GATEWAY|WARD|%s||ORU^%s^%s|%s|P|2.6|||AL|NE||UNICODE"
            + " UTF-8",
        station, TIME.format(now), trigger, structure, id);
    segment("PID|||||^^^^^^U"); // nobody: a simulator has no patient to name
  }

  /**
   * Begins a group.
   *
   * @param filler number of the report
   * @param what OBR-4
   * @param parent filler number of the first message of an alert, or empty
   */
  Hl7Text request(String filler, String what, Instant at, String parent) {
    var number = "%s^STATION^00A0DE0000000099^EUI-64".formatted(filler);
    var father =
        parent.isEmpty() ? "" : "|".repeat(22) + "^" + parent + "&STATION&00A0DE0000000099&EUI-64";
    segment("OBR|1|%s|%s|%s|||%s%s", number, number, what, TIME.format(at), father);
    return this;
  }

  /** A device, with its instance. */
  Hl7Text device(long code, String name, String serial) {
    segment(
        "OBX|%d||%d^%s^MDC|1.0.0.0|||||||X|||||||%s^^%s^EUI-64",
        ++row, code, name, serial, AUTHORITY);
    return this;
  }

  /** A module or a channel. */
  Hl7Text object(String place, long code, String name) {
    segment("OBX|%d||%d^%s^MDC|%s|||||||X", ++row, code, name, place);
    return this;
  }

  /** A number with its unit in both codings; absent where it is NaN. */
  Hl7Text number(String place, long code, String name, double value, String form, String unit) {
    boolean missing = Double.isNaN(value);
    var amount = missing ? "" : String.format(Locale.ROOT, form, value);
    segment(
        "OBX|%d|NM|%d^%s^MDC|%s|%s|%s||%s|||R",
        ++row, code, name, place, amount, unit, missing ? "NAV" : "");
    return this;
  }

  /** Any other value. */
  Hl7Text value(String place, String type, long code, String name, String value) {
    segment("OBX|%d|%s|%d^%s^MDC|%s|%s||||||R", ++row, type, code, name, place, value);
    return this;
  }

  /** The message as sent. */
  String text() {
    return text.toString();
  }

  private void segment(String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values)).append('\r');
  }
}
