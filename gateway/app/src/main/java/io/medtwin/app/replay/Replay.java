package io.medtwin.app.replay;

import io.medtwin.runtime.session.LinkCounts;
import io.medtwin.runtime.session.SessionPlan;
import io.medtwin.runtime.session.StillSession;
import io.medtwin.spi.Driver;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.keeper.TwinKeeper;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * A capture, played once through the whole line: its driver by the door of any plugin, sessions,
 * journal, normalizer, clocks, twin and outbox as in a gateway, only that time is the capture's,
 * one thread does everything, and Ditto takes each merge at once.
 */
public final class Replay {

  /** Where a capture begins that does not say it. */
  private static final Instant SOME_DAY = Instant.parse("2026-01-01T00:00:00Z");

  private static final long SEED = 1;

  private Replay() {}

  /**
   * What came of it.
   *
   * @param sum SHA-256 of everything that was written
   * @param micros how long the capture is
   * @param sessions how often the link was open
   * @param turns bytes read, requests answered, messages
   * @param bytes of the device that were played
   * @param lines of the output
   * @param reports that the driver emitted for its devices
   * @param discards what the driver made no sense of
   * @param refusals messages that the driver refused
   * @param merges for the twins
   * @param redacted turns with bytes that were replaced
   * @param lost turns that the recording lost
   * @param unanswered requests that the capture has no answer to
   * @param notAsked recorded requests that the driver did not make
   * @param unheard turns that came while no link was open, or that nobody read for a minute
   * @param unclaimed devices behind a hub that the capture does not name
   * @param cut whether its end is missing
   */
  public record Outcome(
      String sum,
      long micros,
      long sessions,
      long turns,
      long bytes,
      long lines,
      long reports,
      long discards,
      long refusals,
      long merges,
      long redacted,
      long lost,
      long unanswered,
      long notAsked,
      long unheard,
      int unclaimed,
      boolean cut) {}

  /** Plays a capture, and writes what becomes of it to {@code out}. */
  static Outcome play(Events reader, Cast cast, Units units, OutputStream out) throws IOException {
    return play(reader, cast, units, out, (driver, time) -> driver);
  }

  /**
   * Plays a capture.
   *
   * @param around puts something between the driver and its link, with the time of the capture
   */
  static Outcome play(
      Events reader,
      Cast cast,
      Units units,
      OutputStream out,
      BiFunction<Driver, InstantSource, Driver> around)
      throws IOException {
    var began = reader.head().began();
    var clock = new ReplayClock(began.equals(Instant.EPOCH) ? SOME_DAY : began);
    var output = new ReplayOutput(clock, out);
    var journal = new ReplayJournal(output);
    var taps = new Taps();
    var deviceOf = new HashMap<String, String>();
    for (DevicePlan plan : cast.devices()) {
      var device = plan.facts().device();
      deviceOf.put(plan.facts().thingId(), device);
      taps.open(device, event -> output.told(device, event));
    }
    var backend = new ReplayBackend(deviceOf, output);
    var random = new Random(SEED);
    var keeper = new TwinKeeper(cast.devices(), backend, journal, units, clock, random, taps);
    keeper.startStill();
    clock.atEachStep(keeper::turn);
    journal.behindEach(keeper::turn);
    var playback = new Playback(reader, clock);
    var holder = new StillSession[1];
    var transport =
        new ReplayTransport(
            cast.kind(), reader.head().link(), playback, clock, why -> holder[0].stop(why));
    var plan =
        new SessionPlan(
            cast.own().orElse("capture"),
            () -> around.apply(cast.driver().maker().get(), clock),
            transport,
            cast.settings(),
            cast.own(),
            cast.behind());
    var session = new StillSession(plan, journal, keeper, clock, random, taps);
    holder[0] = session;
    session.live(
        pause -> {
          if (!playback.isLineNext() && playback.next() != null) {
            clock.passTo(clock.passed() + ReplayClock.micros(pause));
          }
        });
    clock.passTo(clock.passed() + 2_000_000); // the last words go to the twin
    return outcome(clock, output, playback.deviations, session.counts(), session, transport);
  }

  private static Outcome outcome(
      ReplayClock clock,
      ReplayOutput output,
      Playback.Deviations deviations,
      LinkCounts counts,
      StillSession session,
      ReplayTransport transport) {
    return new Outcome(
        output.sum(),
        clock.passed() - 2_000_000,
        transport.sessions(),
        deviations.turns,
        deviations.bytes,
        output.lines,
        output.reports,
        counts.discards(),
        counts.refusals(),
        output.merges,
        deviations.redacted,
        deviations.lost,
        deviations.unanswered,
        deviations.notAsked,
        deviations.unheard,
        session.unclaimed(),
        deviations.cut);
  }
}
