package io.medtwin.testkit.broken;

import io.medtwin.spi.Absent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A driver of a hub that sends {@code rate=14;} for each bed, with {@code @3600;} the seconds of
 * its own clock before it, sound or with one defect.
 */
public final class BreathHubDriver implements MessageDriver {

  /** What is wrong with it. */
  public enum Defect {
    NONE,
    DROPS_WHAT_IT_DOES_NOT_KNOW,
    HOLDS_TIME_BACK,
    FORGETS_THE_WRAP,
    SINKS_INTO_DEEP_NESTING,
    LOSES_IN_SILENCE,
    DIES_OF_NONSENSE,
    BELIEVES_HALF_A_MESSAGE,
    SENDS_COMMANDS,
    WAITS_FOR_EVER,
    /** No defect where silence need not end a session. */
    LISTENS_ON
  }

  private static final long COUNTER_VALUES = 65_536;
  private static final Pattern WHOLE =
      Pattern.compile("(?:@(\\d{1,5});)?([a-z]{2,8})=(\\d{1,3}|-);");
  private static final Pattern HALF =
      Pattern.compile("(?:@(\\d{1,5});)?([a-z]{2,8})=(\\d{1,3}|-);?");

  private final Defect defect;
  private long latest;
  private long counted;
  private long wraps;

  /** Sound. */
  public BreathHubDriver() {
    this(Defect.NONE);
  }

  /** With that defect. */
  public BreathHubDriver(Defect defect) {
    this.defect = defect;
  }

  @Override
  public DriverDescriptor descriptor() {
    return new DriverDescriptor(
        "breath-hub", "1.0.0", "Sample hub", Set.of(LinkKind.MQTT), List.of());
  }

  @Override
  public void run(MessageLink link, Session session) throws IOException, InterruptedException {
    while (true) {
      Message message;
      try {
        message = link.receive(Duration.ofMinutes(1));
      } catch (SilenceException silence) {
        if (defect == Defect.WAITS_FOR_EVER || defect == Defect.LISTENS_ON) {
          continue;
        }
        throw silence;
      }
      take(message, link, session);
    }
  }

  private void take(Message message, MessageLink link, Session session)
      throws IOException, InterruptedException {
    if (defect == Defect.SENDS_COMMANDS) {
      link.send(Message.text("breath/start", "text/plain", "start"));
    }
    var text = new String(message.bytes(), StandardCharsets.ISO_8859_1);
    if (defect == Defect.SINKS_INTO_DEEP_NESTING) {
      var unused = nesting(text, 0);
    }
    var pattern = defect == Defect.BELIEVES_HALF_A_MESSAGE ? HALF : WHOLE;
    var match = pattern.matcher(text);
    var device = message.device();
    if (!match.matches() || device == null) {
      if (defect == Defect.DIES_OF_NONSENSE) {
        throw new IllegalArgumentException("nonsense");
      }
      if (defect != Defect.LOSES_IN_SILENCE) {
        link.refuse(MessageLink.Refusal.MALFORMED, "expected <name>=<number>;");
      }
      return;
    }
    boolean known = match.group(2).equals("rate");
    if (!known && defect == Defect.DROPS_WHAT_IT_DOES_NOT_KNOW) {
      return;
    }
    var name = known ? "resp-rate" : match.group(2);
    session.device(device).emit(Reading.of(name, value(match.group(3), known)).at(time(match)));
  }

  private static Value value(String text, boolean known) {
    return text.equals("-")
        ? new Absent(Absent.Reason.NOT_AVAILABLE)
        : Numeric.of(text, known ? "/min" : "1");
  }

  /** Seconds since it was switched on, where it says them; it counts them in 16 bits. */
  private @Nullable DeviceTime time(Matcher match) {
    var seconds = match.group(1);
    if (seconds == null) {
      return null;
    }
    long said = Long.parseLong(seconds);
    if (said + COUNTER_VALUES / 2 < counted && defect != Defect.FORGETS_THE_WRAP) {
      wraps++;
      latest = 0;
    }
    counted = said;
    latest = Math.max(latest, said);
    long count = defect == Defect.HOLDS_TIME_BACK ? latest : said;
    return new DeviceTime.Ticks(wraps * COUNTER_VALUES + count, Duration.ofSeconds(1));
  }

  private static int nesting(String text, int at) {
    return at < text.length() && text.charAt(at) == '[' ? 1 + nesting(text, at + 1) : 0;
  }
}
