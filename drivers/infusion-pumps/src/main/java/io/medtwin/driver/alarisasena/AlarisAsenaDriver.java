package io.medtwin.driver.alarisasena;

import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.Identity;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Alaris/Asena GH, CC and TIVA syringe pumps, protocol "Asena Rev 2.1.5", RS-232 at 38400 8N1
 * without flow control, or the same bytes over a terminal server. Asks who the pump is, then polls
 * its status. Monitoring needs no remote control, and this driver has no words for it.
 */
public final class AlarisAsenaDriver implements StreamDriver {

  private static final Setting<Duration> POLL_PERIOD =
      Setting.duration(
          "pollPeriod",
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofSeconds(30),
          "Time from one status poll to the next");

  private static final Setting<Boolean> POLL_VTBI =
      Setting.flag(
          "pollVtbi",
          false,
          "Whether to ask for the volume to be infused, whose answer is not documented");

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "alaris-asena",
          "0.1.0",
          "Alaris/Asena GH, CC, TIVA syringe pump",
          Set.of(LinkKind.SERIAL, LinkKind.TCP),
          List.of(POLL_PERIOD, POLL_VTBI));

  /** Status polls from one look at syringe and limits to the next. */
  private static final int POLLS_PER_ROUND = 30;

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    var dialogue = new AsenaDialogue(link, session);
    var period = session.setting(POLL_PERIOD);
    var state = identify(dialogue, session);
    int polls = 0;
    while (true) {
      var next = session.elapsed().plus(period);
      if (polls % POLLS_PER_ROUND == 0) {
        lookAtSyringe(dialogue, session);
      }
      var pump = state.serial();
      state = poll(dialogue, session, state);
      polls = state.serial().equals(pump) ? (polls + 1) % POLLS_PER_ROUND : 0;
      dialogue.pauseUntil(next);
    }
  }

  private static AsenaState identify(AsenaDialogue dialogue, Session session)
      throws IOException, InterruptedException {
    var serial = dialogue.require(AsenaPoll.INST_SERIALNO, AlarisAsenaDriver::firstField);
    var identity = Identity.of(Identity.Attribute.SERIAL, serial);
    var protocol = dialogue.ask(AsenaPoll.COMMS_PROTOCOL, AlarisAsenaDriver::firstField);
    session.emit(
        protocol.map(text -> identity.with(Identity.Attribute.PROTOCOL, text)).orElse(identity));
    return AsenaState.of(serial);
  }

  private static void lookAtSyringe(AsenaDialogue dialogue, Session session)
      throws IOException, InterruptedException {
    emitAll(
        session,
        dialogue
            .ask(AsenaPoll.SYRINGE_STATUS, SyringeStatus::parse)
            .map(AsenaReadings::of)
            .orElse(List.of()));
    emitAll(
        session,
        dialogue
            .ask(AsenaPoll.INF_RATE_MAX_SYRINGE, RateLimit::parse)
            .map(AsenaReadings::of)
            .orElse(List.of()));
  }

  private static AsenaState poll(AsenaDialogue dialogue, Session session, AsenaState state)
      throws IOException, InterruptedException {
    var status = dialogue.require(AsenaPoll.INF, InfusionStatus::parse);
    var afterStatus = state.with(status);
    emitAll(session, afterStatus.reports());
    emitAll(session, AsenaReadings.of(status));
    if (session.setting(POLL_VTBI)) {
      List<Reading> vtbi =
          dialogue
              .ask(AsenaPoll.INF_VTBI, VolumeToBeInfused::parse)
              .map(AsenaReadings::of)
              .orElse(List.of());
      emitAll(session, vtbi);
    }
    var alarm = dialogue.ask(AsenaPoll.ALARM, AlarisAsenaDriver::firstField);
    var afterAlarm = afterStatus.next().withPolledAlarm(alarm.orElse(null));
    emitAll(session, afterAlarm.reports());
    return afterAlarm.next();
  }

  private static Optional<String> firstField(AsenaFrame answer) {
    return Optional.of(answer.field(1)).filter(text -> !text.isEmpty());
  }

  private static void emitAll(Session session, List<? extends Report> reports)
      throws InterruptedException {
    for (var report : reports) {
      session.emit(report);
    }
  }
}
