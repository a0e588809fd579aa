package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.er7.Er7Exception;
import io.medtwin.driver.hl7v2.er7.Er7Reader;
import io.medtwin.driver.hl7v2.er7.Header;
import io.medtwin.driver.hl7v2.er7.Problem;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pumps, racks, monitors and central stations that send IHE PCD-01, PCD-04 and PCD-10 (HL7 v2 ORU
 * with the triggers R01, R40 and R42). Each message is told whole or refused whole; each is
 * answered as MSH-15 and MSH-16 ask. An acknowledgement is never answered.
 */
public final class Hl7v2Driver implements MessageDriver {

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "hl7v2",
          "0.1.0",
          "Devices and gateways that send IHE PCD messages (HL7 v2)",
          Set.of(LinkKind.MLLP),
          List.of());

  /** How long one wait lasts; its end has no meaning. */
  private static final Duration WAIT = Duration.ofMinutes(15);

  private static final Set<String> TRIGGERS = Set.of("", "R01", "R40", "R42");

  private final Er7Reader reader = new Er7Reader();
  private final Reports reports = new Reports();

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public void run(MessageLink link, Session session) throws IOException, InterruptedException {
    while (true) {
      Message message;
      try {
        message = link.receive(WAIT);
      } catch (SilenceException e) {
        continue;
      }
      take(message, link, session);
    }
  }

  private void take(Message message, MessageLink link, Session session)
      throws IOException, InterruptedException {
    var octets = message.bytes();
    try {
      var header = Er7Reader.header(octets);
      if (header.type().equals("ACK") || header.type().equals("ORA")) {
        session.discard("acknowledgement", octets.length);
        return; // never answer an answer
      }
      check(header);
      var discards = new ArrayList<Discarded>();
      var told = reports.of(reader.read(header, octets), discards);
      for (Told one : told) {
        session.device(one.device()).emit(one.report());
      }
      for (Discarded one : discards) {
        (one.device().isEmpty() ? session : session.device(one.device())).discard(one.why(), 0);
      }
      var answers = new Answers(header, message);
      link.reply(answers.safe(), answers.notSafe());
    } catch (Er7Exception e) {
      refuse(e, message, link);
    }
  }

  private static void check(Header header) throws Er7Exception {
    Er7Reader.check(header);
    if (!header.type().equals("ORU")) {
      throw new Er7Exception(Problem.UNSUPPORTED_TYPE, "MSH-9", "ORU", Optional.of(header));
    }
    if (!TRIGGERS.contains(header.trigger())) {
      throw new Er7Exception(
          Problem.UNSUPPORTED_EVENT, "MSH-9", "R01, R40 or R42", Optional.of(header));
    }
  }

  private static void refuse(Er7Exception why, Message message, MessageLink link)
      throws IOException {
    var kind =
        switch (why.problem()) {
          case UNSUPPORTED_TYPE, UNSUPPORTED_EVENT, UNSUPPORTED_PROCESSING, UNSUPPORTED_VERSION ->
              Refusal.UNSUPPORTED_FORMAT;
          case INTERNAL -> Refusal.TOO_LARGE;
          case SEGMENT_SEQUENCE, REQUIRED_FIELD, DATA_TYPE, HEADER -> Refusal.MALFORMED;
        };
    var header = why.header();
    var answer =
        header
            .filter(known -> !known.controlId().isEmpty() && !known.type().equals("ACK"))
            .map(known -> new Answers(known, message).refused(why));
    if (answer.isPresent()) {
      link.refuse(kind, why.why(), answer.get());
    } else {
      link.refuse(kind, why.why());
    }
  }
}
