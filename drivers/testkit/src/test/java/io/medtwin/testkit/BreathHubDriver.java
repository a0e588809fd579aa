package io.medtwin.testkit;

import io.medtwin.spi.Absent;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A driver of a hub that sends {@code rate=14;} for each bed, sound or with one defect. */
public final class BreathHubDriver implements MessageDriver {

  /** What is wrong with it. */
  enum Defect {
    NONE,
    LOSES_IN_SILENCE,
    DIES_OF_NONSENSE,
    BELIEVES_HALF_A_MESSAGE,
    SENDS_COMMANDS,
    WAITS_FOR_EVER,
    /** No defect where silence need not end a session. */
    LISTENS_ON
  }

  private static final Pattern WHOLE = Pattern.compile("rate=(\\d{1,3}|-);");
  private static final Pattern HALF = Pattern.compile("rate=(\\d{1,3}|-);?");

  private final Defect defect;

  /** Sound. */
  public BreathHubDriver() {
    this(Defect.NONE);
  }

  BreathHubDriver(Defect defect) {
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
    var pattern = defect == Defect.BELIEVES_HALF_A_MESSAGE ? HALF : WHOLE;
    var match = pattern.matcher(new String(message.bytes(), StandardCharsets.ISO_8859_1));
    var device = message.device();
    if (!match.matches() || device == null) {
      if (defect == Defect.DIES_OF_NONSENSE) {
        throw new IllegalArgumentException("nonsense");
      }
      if (defect != Defect.LOSES_IN_SILENCE) {
        link.refuse(MessageLink.Refusal.MALFORMED, "expected rate=<number>;");
      }
      return;
    }
    var text = match.group(1);
    var value =
        text.equals("-") ? new Absent(Absent.Reason.NOT_AVAILABLE) : Numeric.of(text, "/min");
    session.device(device).emit(Reading.of("resp-rate", value));
  }
}
