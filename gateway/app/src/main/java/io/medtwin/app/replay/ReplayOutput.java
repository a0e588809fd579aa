package io.medtwin.app.replay;

import io.medtwin.twin.tap.TapEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What became of a capture, line by line: seconds of the capture, the device, and what. The same
 * capture, driver and profile give the same bytes, and so the same SHA-256.
 *
 * <pre>
 * 12.345 bed1 link up
 * 12.345 bed1 #18 reading spo2 97 %
 * 12.345 bed1 spo2 = observation features/spo2/properties/saturation 97 % valid @12.345
 * 12.345 bed1 discarded 1 no frame here
 * 12.400 bed1 merge 1/18 {"features":…}
 * </pre>
 */
final class ReplayOutput {

  private final ReplayClock clock;
  private final OutputStream out;
  private final MessageDigest digest;
  private final StringBuilder line = new StringBuilder(1_024);
  private byte[] bytes = new byte[1_024];
  long lines;
  long reports;
  long discards;
  long merges;

  ReplayOutput(ReplayClock clock, OutputStream out) {
    this.clock = clock;
    this.out = out;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Begins a line of a device, now. */
  StringBuilder line(String device) {
    line.setLength(0);
    seconds(clock.passedMillis());
    return line.append(' ').append(device).append(' ');
  }

  private void seconds(long millis) {
    if (millis < 0) {
      line.append('-');
    }
    long size = Math.abs(millis);
    int rest = (int) (size % 1_000);
    line.append(size / 1_000).append('.');
    line.append((char) ('0' + rest / 100)).append((char) ('0' + rest / 10 % 10));
    line.append((char) ('0' + rest % 10));
  }

  /** Ends the line. */
  void end() {
    line.append('\n');
    lines++;
    int length = line.length();
    if (bytes.length < length) {
      bytes = new byte[2 * length];
    }
    boolean ascii = true;
    for (int i = 0; i < length; i++) {
      char c = line.charAt(i);
      ascii &= c < 0x80;
      bytes[i] = (byte) c;
    }
    try {
      if (ascii) {
        digest.update(bytes, 0, length);
        out.write(bytes, 0, length);
      } else {
        var encoded = line.toString().getBytes(StandardCharsets.UTF_8);
        digest.update(encoded);
        out.write(encoded);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an onlooker of a device is told. */
  void told(String device, TapEvent event) {
    switch (event) {
      case TapEvent.Bytes _, TapEvent.Message _, TapEvent.Heard _ -> {}
      case TapEvent.Discarded discarded -> {
        discards++;
        line(device)
            .append("discarded ")
            .append(discarded.length())
            .append(' ')
            .append(discarded.why());
        end();
      }
      case TapEvent.Made made -> {
        line(device).append(made.name()).append(" = ").append(made.finding());
        word(made.path());
        if (!made.finding().equals("identity")) { // its facts stand in the report, in order
          word(made.value());
        }
        word(made.unit());
        word(made.note());
        line.append(" @");
        seconds(clock.millisOf(made.at()));
        end();
      }
    }
  }

  private void word(String text) {
    if (!text.isEmpty()) {
      line.append(' ').append(text);
    }
  }

  /** SHA-256 of all lines, in hex; once. */
  String sum() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
