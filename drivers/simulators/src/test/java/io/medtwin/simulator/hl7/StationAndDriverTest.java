package io.medtwin.simulator.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.driver.hl7v2.Hl7v2Driver;
import io.medtwin.simulator.physiology.Patient;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.transports.mllp.MllpConfig;
import io.medtwin.transports.mllp.MllpTransport;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The station on its true wire, the transport, and the real driver at the other end. */
@Timeout(60)
class StationAndDriverTest {

  private static final Instant EPOCH = Instant.parse("2026-03-04T08:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SECONDS = 240;

  private final Station station =
      new Station("WARD", 7, 3, List.of(new Patient(7), new Patient(8)), 10, EPOCH);

  @Test
  void everyMessageIsToldOnceInOrderAndAcknowledged() throws Exception {
    var said = said();
    var session = new RecordingSession(Map.of());

    var outlet = play(said, session, Set.of());

    assertThat(outlet.taken()).isEqualTo(said.size());
    assertThat(outlet.repeated()).isZero();
    assertThat(session.discarded()).isEmpty();
    assertThat(session.devices().keySet())
        .containsExactlyInAnyOrder(
            station.pumpAddress(1),
            station.pumpAddress(2),
            station.pumpAddress(3),
            station.monitorAddress(1),
            station.monitorAddress(2));
    var lines = session.lines();
    assertThat(lines).anyMatch(line -> line.contains(": reading mdc-147842 "));
    assertThat(lines).anyMatch(line -> line.contains(": reading mdc-157784-in-70071 "));
    assertThat(lines.stream().filter(line -> line.contains(": event mdc-197288 \"mdc-70071\"")))
        .hasSizeGreaterThanOrEqualTo(3);
    var alerts = lines.stream().filter(line -> line.contains(": alert ")).toList();
    assertThat(alerts).anyMatch(line -> line.contains("alert START mdc-196940"));
    assertThat(alerts).anyMatch(line -> line.contains("alert CONTINUE mdc-196940"));
    assertThat(alerts).anyMatch(line -> line.contains("alert END mdc-196940"));
    assertThat(alerts).allMatch(line -> line.contains("HIGH TECHNICAL \"Line occluded\""));
  }

  @Test
  void whatIsNotSafeIsSentAgainAndSaysNothingElseThen() throws Exception {
    var said = said();
    var clean = new RecordingSession(Map.of());
    play(said, clean, Set.of());
    var session = new RecordingSession(Map.of());

    var outlet = play(said, session, Set.of(0, 5, 17));

    assertThat(outlet.taken()).isEqualTo(said.size());
    assertThat(outlet.repeated()).isEqualTo(3);
    assertThat(new HashSet<>(session.lines())).isEqualTo(new HashSet<>(clean.lines()));
  }

  private List<String> said() {
    var all = new ArrayList<String>();
    for (long tick = 0; tick < SECONDS; tick++) {
      all.addAll(station.at(tick));
    }
    return all;
  }

  /** Sends all of it; the messages of these numbers are not safe the first time. */
  private static MllpOutlet play(List<String> said, RecordingSession session, Set<Integer> unsafe)
      throws Exception {
    var loopback = InetAddress.getLoopbackAddress();
    try (var transport = new MllpTransport(MllpConfig.of(loopback.getHostAddress(), 0));
        var wire = transport.open();
        var outlet =
            new MllpOutlet(
                new InetSocketAddress(loopback, transport.listen()),
                PATIENCE,
                Duration.ofMillis(1))) {
      var link = new SettlingLink(wire, said.size() + unsafe.size(), unsafe);
      var ended = CompletableFuture.supplyAsync(() -> run(link, session));
      outlet.plug();
      outlet.send(said);
      assertThat(ended.get()).isInstanceOf(EOFException.class);
      link.lastAnswered(outlet, said.size());
      return outlet;
    }
  }

  private static @Nullable Exception run(MessageLink link, RecordingSession session) {
    try {
      new Hl7v2Driver().run(link, session);
      return null;
    } catch (IOException | InterruptedException | RuntimeException e) {
      return e;
    }
  }

  /** What the gateway does with a link, without a journal: a message is settled by the next one. */
  private static final class SettlingLink implements MessageLink {

    private final MessageWire wire;
    private final int messages;
    private final Set<Integer> unsafe;
    private @Nullable Delivery held;
    private @Nullable Message answer;
    private @Nullable Message notSafe;
    private int received;

    SettlingLink(MessageWire wire, int messages, Set<Integer> unsafe) {
      this.wire = wire;
      this.messages = messages;
      this.unsafe = unsafe;
    }

    @Override
    public Message receive(Duration silenceLimit) throws IOException, InterruptedException {
      var delivery = held;
      if (delivery != null) {
        if (unsafe.contains(received - 1)) {
          delivery.postpone("no space left", notSafe);
        } else {
          delivery.accept(answer);
        }
      }
      if (received == messages) {
        throw new EOFException("all came");
      }
      held = wire.next(PATIENCE);
      if (held == null) {
        throw new SilenceException(PATIENCE);
      }
      received++;
      return held.message();
    }

    void lastAnswered(MllpOutlet outlet, int taken) {
      while (outlet.taken() < taken) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void reply(Message newAnswer) {
      reply(newAnswer, null);
    }

    @Override
    public void reply(@Nullable Message newAnswer, @Nullable Message newNotSafe) {
      answer = newAnswer;
      notSafe = newNotSafe;
    }

    @Override
    public void refuse(Refusal kind, String why) {
      throw new AssertionError("refused: " + why);
    }

    @Override
    public void refuse(Refusal kind, String why, Message refusing) {
      throw new AssertionError("refused: " + why);
    }

    @Override
    public void send(Message message) {
      throw new UnsupportedOperationException("this driver only answers");
    }

    @Override
    public String name() {
      return "station";
    }

    @Override
    public LinkKind kind() {
      return LinkKind.MLLP;
    }
  }
}
