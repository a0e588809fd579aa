package io.medtwin.guide;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import io.medtwin.spi.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** ACME T1 thermometers: a line a second, {@code $37.2,80*3C<CR>}: Cel, battery %, xor in hex. */
public final class AcmeThermometerDriver implements StreamDriver {

  private static final int LINE_BYTES_MAX = 14; // "$100.0,100*00" and the carriage return
  private static final Pattern LINE =
      Pattern.compile("\\$((\\d{1,3}\\.\\d|--),(\\d{1,3}))\\*([0-9A-F]{2})\r");
  private static final Setting<Duration> SILENCE_LIMIT =
      Setting.duration(
          "silenceLimit",
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          "longest silence before the link is opened anew");

  @Override
  public DriverDescriptor descriptor() {
    return new DriverDescriptor(
        "acme-t1",
        "1.0.0",
        "ACME T1 thermometers",
        Set.of(LinkKind.SERIAL, LinkKind.TCP),
        List.of(SILENCE_LIMIT));
  }

  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    var silenceLimit = session.setting(SILENCE_LIMIT);
    while (true) {
      var bytes = link.peekThrough('\r', LINE_BYTES_MAX, silenceLimit);
      int length = bytes.remaining();
      var line = LINE.matcher(US_ASCII.decode(bytes));
      if (!line.matches() || xor(line.group(1)) != Integer.parseInt(line.group(4), 16)) {
        link.skip(1); // one bad byte costs one byte, not a line
        session.discard("no line here", 1);
        continue;
      }
      link.skip(length);
      session.emit(Reading.of("temperature", temperature(line.group(2))));
      session.emit(Reading.of("battery", Numeric.of(line.group(3), "%")));
    }
  }

  private static Value temperature(String text) {
    return text.equals("--") ? new Absent(Reason.SENSOR_OFF) : Numeric.of(text, "Cel");
  }

  private static int xor(String text) {
    return text.chars().reduce(0, (sum, next) -> sum ^ next);
  }
}
