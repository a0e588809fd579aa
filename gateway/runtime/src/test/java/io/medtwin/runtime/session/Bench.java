package io.medtwin.runtime.session;

import io.medtwin.journal.MemoryJournal;
import io.medtwin.spi.Driver;
import io.medtwin.spi.transport.Transport;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.TwinKeeper;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.ProfileCatalog;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A keeper of a few oximeters, with a backend out of reach, and sessions on a manual clock. */
final class Bench implements AutoCloseable {

  private static final String PROFILE =
      """
      profile: test-oximeter
      version: 1.0.0
      manufacturer: Testmaker
      model: Ox 1
      class: pulse-oximeter
      mdc: 528388
      driver: test-driver
      channels:
        spo2:
          saturation: { from: spo2, code: 150456, unit: "%", period: 1s }
      """;

  final ManualClock clock = new ManualClock();
  final Taps taps = new Taps();
  final MemoryJournal journal;
  final TwinKeeper keeper;
  private final List<Sessions> started = new ArrayList<>();

  Bench(Path folder, String... devices) throws Exception {
    this(folder, new MemoryJournal(), devices);
  }

  /** A new life of a gateway that left a journal. */
  Bench(Path folder, MemoryJournal before, String... devices) throws Exception {
    journal = new MemoryJournal(before);
    Files.writeString(folder.resolve("test-oximeter.yaml"), PROFILE);
    var problems = new Problems();
    var profile = ProfileCatalog.read(Set.of(folder), problems).find("test-oximeter").orElseThrow();
    problems.throwIfAny();
    var plans = new ArrayList<DevicePlan>();
    for (String device : devices) {
      plans.add(
          new DevicePlan(
              new Facts(device, "t:" + device, "t:p", "gw", "test-driver", Patch.EMPTY), profile));
    }
    keeper =
        new TwinKeeper(
            plans,
            new OutOfReach(),
            journal,
            new Units(),
            ManualClock.running(),
            new Random(1),
            taps);
    keeper.start();
  }

  /** Starts sessions. */
  Sessions start(SessionPlan... plans) {
    var sessions = new Sessions(List.of(plans), journal, keeper, clock, new Random(1), taps);
    started.add(sessions);
    sessions.start();
    return sessions;
  }

  static SessionPlan device(String device, Supplier<Driver> driver, Transport transport) {
    return new SessionPlan(device, driver, transport, Map.of(), Optional.of(device), Map.of());
  }

  static SessionPlan hub(
      String hub, Supplier<Driver> driver, Transport transport, Map<String, String> behind) {
    return new SessionPlan(hub, driver, transport, Map.of(), Optional.empty(), behind);
  }

  DeviceView view(String device) {
    return keeper.views().stream()
        .filter(view -> view.device().equals(device))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    started.forEach(Sessions::close);
    keeper.close(Duration.ofSeconds(1));
  }

  private static final class OutOfReach implements TwinBackend {
    @Override
    public void start() {}

    @Override
    public CompletionStage<Answer> submit(TwinCommand command) {
      return CompletableFuture.completedFuture(new Answer.Busy(0, "out of reach"));
    }

    @Override
    public Reach reach() {
      return Reach.DISCONNECTED;
    }

    @Override
    public String name() {
      return "nowhere";
    }

    @Override
    public void close() {}
  }
}
