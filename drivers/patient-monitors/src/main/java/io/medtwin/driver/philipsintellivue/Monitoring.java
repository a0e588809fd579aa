package io.medtwin.driver.philipsintellivue;

import io.medtwin.driver.philipsintellivue.state.MonitorState;
import io.medtwin.driver.philipsintellivue.state.WaveChoice;
import io.medtwin.driver.philipsintellivue.wire.AttributeId;
import io.medtwin.driver.philipsintellivue.wire.Attributes;
import io.medtwin.driver.philipsintellivue.wire.Pdu;
import io.medtwin.driver.philipsintellivue.wire.SystemFacts;
import io.medtwin.driver.philipsintellivue.wire.UserInformation;
import io.medtwin.driver.philipsintellivue.wire.WaveList;
import io.medtwin.spi.Session;
import io.medtwin.spi.SilenceException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A conversation that has begun, until it ends: chooses waves, asks for streams of answers, renews
 * them, tells what comes. Used once, by one thread.
 */
final class Monitoring {

  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(3);
  private static final Duration CHOICE_LIMIT = Duration.ofSeconds(1);

  /** Silences in a row after which the monitor is lost; after each of the others all is asked. */
  private static final int SILENCES_MAX = 3;

  private static final int CHOICE_REQUESTS_MAX = 2;

  private static final int CHOICE_INVOKE_ID = 1005;
  private static final String UNASKED = "message nobody asked for";
  private static final String REFUSED = "request refused";
  private static final String NO_ANSWER = "no answer";
  private static final String NO_CHOICE = "none of the waves asked for";

  private final IntellivueLink link;
  private final Session session;
  private final WaveChoice choice;
  private final boolean isWithWaves;
  private MonitorState state = MonitorState.unknown();
  private Schedule schedule;

  /** The request about the choice of waves that is to be answered next. */
  private Pdu choosing = Question.WAVE_LIST.request();

  private boolean isChoosing;
  private int choiceRequests;

  Monitoring(
      IntellivueLink link,
      Session session,
      UserInformation granted,
      long ticks,
      boolean wantsWaves,
      WaveChoice choice) {
    this.link = link;
    this.session = session;
    this.choice = choice;
    this.isWithWaves = wantsWaves && granted.has(UserInformation.WAVES);
    this.schedule = Schedule.from(ticks, granted.timeOut());
  }

  /**
   * Converses until the monitor says goodbye.
   *
   * @throws SilenceException nothing came three times in a row
   */
  void run(SystemFacts facts, long ticks) throws IOException, InterruptedException {
    tell(state.with(facts, ticks));
    if (isWithWaves && !choice.codes().isEmpty()) {
      isChoosing = true;
      ask(choosing);
    } else {
      askAll();
    }
    int silences = 0;
    boolean goesOn = true;
    while (goesOn) {
      try {
        var pdu = link.next(isChoosing ? CHOICE_LIMIT : SILENCE_LIMIT);
        silences = 0;
        goesOn = take(pdu);
      } catch (SilenceException silence) {
        if (!isChoosing && ++silences == SILENCES_MAX) {
          throw silence;
        }
        link.unasked(NO_ANSWER);
        askAgain();
      }
    }
  }

  private boolean take(Pdu pdu) throws IOException, InterruptedException {
    switch (pdu) {
      case Pdu.PollResult result -> {
        var step = state.with(result);
        tell(step);
        for (var question : Question.values()) {
          if (question.isAnsweredBy(result)) {
            schedule = schedule.withHeard(question, result.ticks());
          }
        }
        for (var question : schedule.due(step.lacksDescriptions())) {
          ask(question);
        }
      }
      case Pdu.GetResult(var invokeId, var attributes) -> choose(attributes);
      case Pdu.SetResult _ -> chosen();
      case Pdu.Failure _ -> {
        session.discard(REFUSED, 0);
        chosen();
      }
      case Pdu.Event event when event.type() == Pdu.MDS_CREATE -> {
        Association.answer(link, event); // our answer was lost, and it repeats itself
        var facts = SystemFacts.of(event);
        if (facts.isPresent()) {
          tell(state.with(facts.get(), event.ticks()));
        }
      }
      case Pdu.ReleaseRequest _ -> {
        link.send(new Pdu.ReleaseResponse());
        return false;
      }
      case Pdu.ReleaseResponse _ -> {
        return false;
      }
      case Pdu.Abort _, Pdu.AssociationRefuse _ -> Association.throwIfOver(link, pdu);
      case Pdu.AssociationAccept _,
          Pdu.AssociationRequest _,
          Pdu.Beacon _,
          Pdu.Event _,
          Pdu.EventResult _,
          Pdu.PollRequest _,
          Pdu.GetRequest _,
          Pdu.SetRequest _,
          Pdu.Other _ ->
          session.discard(UNASKED, 0);
    }
    return true;
  }

  /** Of the waves that the monitor offers, those that are wanted; all it exports if none is. */
  private void choose(Attributes attributes) throws IOException {
    if (!isChoosing) {
      session.discard(UNASKED, 0);
      return;
    }
    var offered = attributes.find(AttributeId.WAVE_PRIORITY).flatMap(WaveList::parse);
    var wanted = choice.among(offered.orElse(List.of()));
    if (wanted.isEmpty()) {
      session.discard(NO_CHOICE, 0);
      chosen();
      return;
    }
    choosing = new Pdu.SetRequest(CHOICE_INVOKE_ID, WaveList.of(wanted));
    choiceRequests = 0;
    ask(choosing);
  }

  private void chosen() throws IOException {
    if (isChoosing) {
      isChoosing = false;
      askAll();
    }
  }

  private void askAgain() throws IOException {
    if (isChoosing && choiceRequests < CHOICE_REQUESTS_MAX) {
      ask(choosing);
      return;
    }
    isChoosing = false;
    askAll();
  }

  private void askAll() throws IOException {
    ask(Question.NUMERICS);
    ask(Question.ALARMS);
    if (isWithWaves) {
      ask(Question.WAVES);
    }
    ask(Question.SYSTEM);
  }

  private void ask(Question question) throws IOException {
    link.send(question.request());
    schedule = schedule.withAsked(question);
  }

  private void ask(Pdu request) throws IOException {
    link.send(request);
    choiceRequests++;
  }

  private void tell(MonitorState.Step step) throws InterruptedException {
    state = step.next();
    for (var report : step.reports()) {
      session.emit(report);
    }
    for (var unread : step.unread()) {
      session.discard(unread.why(), unread.bytes());
    }
  }
}
