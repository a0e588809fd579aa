package io.medtwin.benchmarks.storage;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One row as a journal would keep it: a message of three readings.
 *
 * @param position counts up from 1
 * @param device number of the device
 * @param kind number of the kind of entry
 * @param at arrival in epoch milliseconds
 * @param sequence of the device
 * @param body JSON, about 150 bytes
 * @param crc CRC-32C of the body
 */
record Row(long position, int device, int kind, long at, long sequence, String body, int crc) {

  private static final int DEVICES = 500;
  private static final long FIRST_AT = 1_795_000_000_000L;

  /** The row at a position: the same for each engine and run. */
  static Row at(long position) {
    int device = (int) (position % DEVICES);
    long at = FIRST_AT + position / 5;
    String body =
        "[{\"r\":\"heart-rate\",\"n\":"
            + (60 + position % 40)
            + ",\"u\":\"beat/min\",\"t\":"
            + at
            + "},{\"r\":\"spo2\",\"n\":0."
            + (90 + position % 9)
            + ",\"u\":\"/\",\"t\":"
            + at
            + "},{\"r\":\"temperature\",\"n\":36."
            + position % 10
            + ",\"u\":\"Cel\",\"t\":"
            + at
            + "}]";
    return new Row(position, device, 1, at, position / DEVICES, body, crcOf(body));
  }

  static int crcOf(String body) {
    var crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
