package io.medtwin.driver.philipsintellivue;

import io.medtwin.driver.philipsintellivue.wire.Pdu;
import io.medtwin.driver.philipsintellivue.wire.SystemFacts;
import io.medtwin.driver.philipsintellivue.wire.Ticks;
import io.medtwin.driver.philipsintellivue.wire.UserInformation;
import io.medtwin.spi.DeviceException;
import io.medtwin.spi.SilenceException;
import java.io.IOException;
import java.time.Duration;

/**
 * How a conversation begins: request, acceptance, the event by which the monitor describes itself,
 * our answer to it.
 */
final class Association {

  /** What is asked for; the period makes the monitor's time-out 30 s. */
  static final UserInformation WANTED =
      new UserInformation(
          UserInformation.CLIENT,
          0x20000000L,
          Ticks.of(Duration.ofSeconds(10)),
          Pdu.MAX_BYTES,
          Pdu.MAX_BYTES,
          0,
          0x60000000L,
          UserInformation.NUMERICS_EACH_SECOND
              | UserInformation.WAVES
              | UserInformation.ENUMERATIONS);

  /** What a monitor wants to be left in peace for after it refused or broke off. */
  static final Duration PEACE = Duration.ofSeconds(10);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
  private static final int REQUESTS_MAX = 3;

  /** Messages of something else that are passed over while an answer is awaited. */
  private static final int OTHERS_MAX = 200;

  /** The monitor repeats its event; so many seconds it has time to. */
  private static final int SILENCES_MAX = 5;

  private static final String BEFORE = "message of an association before";
  private static final String NOT_BEGUN = "message before the association began";
  private static final String NO_ANSWER = "no answer";

  private Association() {}

  /**
   * A conversation that has begun.
   *
   * @param granted what the monitor grants
   * @param facts how it describes itself
   * @param ticks its counter then
   */
  record Begun(UserInformation granted, SystemFacts facts, long ticks) {}

  /**
   * Begins a conversation.
   *
   * @throws SilenceException the monitor does not answer
   * @throws DeviceException it refuses, breaks off, or speaks of other things; it was left in peace
   *     for {@link #PEACE} then
   */
  static Begun open(IntellivueLink link) throws IOException, InterruptedException {
    var granted = accepted(link);
    int silences = 0;
    for (int others = 0; others < OTHERS_MAX; others++) {
      try {
        var pdu = link.next(ANSWER_LIMIT);
        if (pdu instanceof Pdu.Event event && event.type() == Pdu.MDS_CREATE) {
          var facts = SystemFacts.of(event);
          if (facts.isPresent()) {
            answer(link, event);
            return new Begun(granted, facts.get(), event.ticks());
          }
        }
        throwIfOver(link, pdu);
        link.unasked(NOT_BEGUN);
      } catch (SilenceException silence) {
        if (++silences == SILENCES_MAX) {
          throw silence;
        }
      }
    }
    throw new DeviceException("expected the monitor to describe itself, it speaks of other things");
  }

  /** Tells the monitor that its event was heard; it repeats it until then. */
  static void answer(IntellivueLink link, Pdu.Event event) throws IOException {
    link.send(new Pdu.EventResult(event.invokeId(), event.object(), 0, event.type()));
  }

  /**
   * Leaves the monitor in peace if it refused or broke off.
   *
   * @throws DeviceException it did
   */
  static void throwIfOver(IntellivueLink link, Pdu pdu) throws IOException, InterruptedException {
    boolean isRefused = pdu instanceof Pdu.AssociationRefuse;
    if (isRefused || pdu instanceof Pdu.Abort) {
      link.pause(PEACE);
      throw new DeviceException(
          (isRefused
                  ? "expected to be accepted, the monitor refuses (another client may be connected)"
                  : "expected an answer, the monitor breaks off")
              + "; it was left in peace for "
              + PEACE);
    }
  }

  /**
   * Asks until the monitor accepts. Data in place of an answer are those of an association that
   * nobody ended, as after a restart: it is released once, then asked again.
   */
  private static UserInformation accepted(IntellivueLink link)
      throws IOException, InterruptedException {
    var request = new Pdu.AssociationRequest(WANTED);
    boolean isReleased = false;
    int requests = 1;
    link.send(request);
    for (int others = 0; others < OTHERS_MAX; others++) {
      Pdu pdu;
      try {
        pdu = link.next(ANSWER_LIMIT);
      } catch (SilenceException silence) {
        if (requests == REQUESTS_MAX) {
          throw silence;
        }
        link.unasked(NO_ANSWER);
        requests++;
        link.send(request);
        continue;
      }
      if (pdu instanceof Pdu.AssociationAccept(var granted)) {
        return granted;
      }
      throwIfOver(link, pdu);
      if (pdu instanceof Pdu.ReleaseResponse && isReleased) {
        link.send(request);
        continue;
      }
      link.unasked(BEFORE);
      if (!isReleased) {
        isReleased = true;
        link.send(new Pdu.ReleaseRequest());
      }
    }
    throw new DeviceException("expected to be accepted, the monitor speaks of other things");
  }
}
