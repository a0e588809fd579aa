package io.medtwin.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The messages of a run, known from their number alone, so that whoever knows how many were sent
 * knows what every twin must hold. Message {@code i} comes from device {@code i % devices} and is
 * its number {@code i / devices}; its three values all tell that number. Pure.
 *
 * @param devices how many take turns
 */
public record Traffic(int devices) {

  /** Media type of the messages. */
  public static final String CONTENT_TYPE = "application/senml+json";

  private static final long MICROS_PER_SECOND = 1_000_000;

  /** Which device sends message {@code i}. */
  public int device(long i) {
    return (int) (i % devices);
  }

  /** Which of its device's messages message {@code i} is, from 1. */
  public long number(long i) {
    return i / devices + 1;
  }

  /** The number of the last message of a device after {@code sent} messages in all; 0: none. */
  public long last(int device, long sent) {
    return sent <= device ? 0 : (sent - 1 - device) / devices + 1;
  }

  /** Name of a device. */
  public static String name(int device) {
    return String.format(Locale.ROOT, "d%05d", device);
  }

  /** Topic of a device. */
  public static String topic(String device) {
    return "med/v1/bench/" + device + "/telemetry/pack";
  }

  /**
   * A SenML pack of three records.
   *
   * @param micros when it is sent, since 1970
   */
  public static byte[] pack(String device, long number, long micros) {
    var text = new StringBuilder(192);
    text.append("[{\"bn\":\"urn:bench:").append(device).append(":\",\"bt\":");
    decimal(text, micros, MICROS_PER_SECOND);
    text.append(",\"n\":\"heart-rate\",\"u\":\"beat/min\",\"v\":").append(number);
    text.append("},{\"n\":\"spo2\",\"u\":\"/\",\"v\":");
    decimal(text, number, 100);
    text.append("},{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":");
    decimal(text, number, 10);
    text.append("}]");
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void decimal(StringBuilder text, long amount, long scale) {
    text.append(amount / scale).append('.');
    long rest = amount % scale;
    for (long digit = scale / 10; digit > 0; digit /= 10) {
      text.append((char) ('0' + rest / digit % 10));
    }
  }
}
