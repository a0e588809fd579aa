package io.medtwin.app.record;

import io.medtwin.journal.ForgetfulJournal;
import io.medtwin.runtime.session.SessionPlan;
import io.medtwin.runtime.session.Sessions;
import io.medtwin.spi.Driver;
import io.medtwin.spi.transport.Transport;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.keeper.TwinKeeper;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.tap.Recording;
import io.medtwin.twin.tap.Taps;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A link that is opened to be recorded, without a gateway: one session keeps it alive with the
 * driver that is wanted, or with one that only listens. What the driver says goes nowhere.
 */
public final class PortRecording implements AutoCloseable {

  private static final String NAME = "port";

  private final Sessions sessions;
  private final Recording recording;

  /**
   * Opens the link.
   *
   * @param driver who speaks; empty to listen only
   * @param hub whether many devices share the link
   */
  public PortRecording(
      Transport transport,
      Optional<Supplier<Driver>> driver,
      Map<String, String> settings,
      boolean hub,
      InstantSource clock,
      RandomGenerator random) {
    var taps = new Taps();
    recording = taps.record(NAME, null);
    var journal = new ForgetfulJournal();
    var keeper = new TwinKeeper(List.of(), new Nobody(), journal, new Units(), clock, random);
    var plan =
        new SessionPlan(
            NAME,
            driver.orElse(() -> Listener.of(transport.kind())),
            transport,
            settings,
            hub ? Optional.empty() : Optional.of(NAME),
            Map.of());
    sessions = new Sessions(List.of(plan), journal, keeper, clock, random, taps);
    sessions.start();
  }

  /** What it carries. */
  public Recording recording() {
    return recording;
  }

  /** How the link is, for people. */
  public String state() {
    return sessions.states().values().iterator().next().toString();
  }

  @Override
  public void close() {
    sessions.close();
  }

  /** No backend. */
  private static final class Nobody implements TwinBackend {
    @Override
    public void start() {}

    @Override
    public CompletionStage<Answer> submit(TwinCommand command) {
      return CompletableFuture.completedFuture(new Answer.Busy(0, "there is none"));
    }

    @Override
    public Reach reach() {
      return Reach.DISCONNECTED;
    }

    @Override
    public String name() {
      return "nobody";
    }

    @Override
    public void close() {}
  }
}
