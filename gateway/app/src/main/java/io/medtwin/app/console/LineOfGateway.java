package io.medtwin.app.console;

import io.medtwin.app.record.CaptureHeads;
import io.medtwin.app.record.RecordingText;
import io.medtwin.app.view.LineProposal;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.console.line.Claim;
import io.medtwin.console.line.Claimed;
import io.medtwin.console.line.Flow;
import io.medtwin.console.line.GatewayFacts;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.console.line.Refusal;
import io.medtwin.journal.JournalState;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.spi.Value;
import io.medtwin.twin.keeper.AlertSpan;
import io.medtwin.twin.keeper.DeviceReader.Told;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.Maintenance;
import io.medtwin.twin.keeper.Stretch;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.ledger.Outage;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.tap.Tap;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@link GatewayLine} over the gateway of this process. */
final class LineOfGateway implements GatewayLine {

  private static final Duration LONGEST_MAINTENANCE = Duration.ofDays(30);
  private static final int LONGEST_REASON = 200;

  private final Gateway gateway;
  private final Supplier<GatewayFacts> facts;
  private final Supplier<List<Profile>> profiles;
  private final Claimer claimer;
  private final LineProposal proposal;
  private final Bundle bundle;
  private final InstantSource clock;

  LineOfGateway(
      Gateway gateway,
      Supplier<GatewayFacts> facts,
      Supplier<List<Profile>> profiles,
      Claimer claimer,
      LineProposal proposal,
      Bundle bundle,
      InstantSource clock) {
    this.gateway = gateway;
    this.facts = facts;
    this.profiles = profiles;
    this.claimer = claimer;
    this.proposal = proposal;
    this.bundle = bundle;
    this.clock = clock;
  }

  @Override
  public GatewayFacts facts() {
    return facts.get();
  }

  @Override
  public List<DeviceView> devices() {
    return gateway.keeper().views();
  }

  @Override
  public Optional<Told> device(String device) {
    return gateway.keeper().told(device);
  }

  @Override
  public List<Account> accounts() {
    return gateway.keeper().accounts();
  }

  @Override
  public JournalState journal() {
    return gateway.journal();
  }

  @Override
  public Flow flow() {
    return FlowOfGateway.now(gateway, clock.instant());
  }

  @Override
  public List<Outage> outages() {
    return gateway.keeper().outages();
  }

  @Override
  public List<AlertSpan> pastAlerts(String device) {
    return gateway.keeper().pastAlerts(device);
  }

  @Override
  public List<Stretch> wave(String device, String metric, long after) {
    return gateway.keeper().wave(device, metric, after);
  }

  @Override
  public List<UnclaimedDevice> unclaimed() {
    return gateway.sessions().unclaimed().list();
  }

  @Override
  public List<String> profiles() {
    return profiles.get().stream().map(Profile::id).sorted().toList();
  }

  /** Those of the same driver that have a place for what it said, the most such places first. */
  @Override
  public List<String> mayBe(UnclaimedDevice device) {
    return profiles.get().stream()
        .filter(profile -> profile.driver().equals(device.driver()))
        .filter(profile -> placed(profile, device) > 0)
        .sorted(
            Comparator.comparingLong((Profile profile) -> placed(profile, device))
                .reversed()
                .thenComparing(Profile::id))
        .map(Profile::id)
        .toList();
  }

  private static long placed(Profile profile, UnclaimedDevice device) {
    return device.parameters().keySet().stream()
        .filter(parameter -> profile.metric(parameter) != null)
        .count();
  }

  @Override
  public String profileLine(String parameter, Value value) {
    return proposal.suggestLine(parameter, value);
  }

  @Override
  public Claimed claim(Claim claim) throws Refusal {
    return claimer.claim(claim);
  }

  @Override
  public void mute(String device, Maintenance maintenance) throws Refusal {
    var now = clock.instant();
    var reason = maintenance.reason().strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          List.of("expected a reason of 1 to " + LONGEST_REASON + " characters"));
    }
    if (!maintenance.until().isAfter(now)
        || maintenance.until().isAfter(now.plus(LONGEST_MAINTENANCE))) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          List.of("expected an end within " + LONGEST_MAINTENANCE.toDays() + " days"));
    }
    var stripped = new Maintenance(reason, maintenance.until(), maintenance.by());
    finish(device, () -> gateway.keeper().mute(device, stripped));
  }

  @Override
  public void unmute(String device, String by) throws Refusal {
    finish(device, () -> gateway.keeper().unmute(device, by));
  }

  private interface Change {
    boolean make() throws InterruptedException;
  }

  private static void finish(String device, Change change) throws Refusal {
    try {
      if (!change.make()) {
        throw unknown(device);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Refusal.Kind.BUSY, List.of("the gateway is being stopped"));
    }
  }

  @Override
  public Tap tap(String device) throws Refusal {
    if (devices().stream().noneMatch(view -> view.device().equals(device))) {
      throw unknown(device);
    }
    try {
      return gateway.taps().open(device);
    } catch (IllegalStateException e) {
      throw new Refusal(Refusal.Kind.BUSY, List.of(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void untap(Tap tap) {
    gateway.taps().close(tap);
  }

  @Override
  public Capture record(String target) throws Refusal {
    var line = gateway.line(target);
    if (line.isEmpty()) {
      throw unknown(target);
    }
    var transport = gateway.sessions().transport(line.get().name());
    if (transport.isEmpty()) {
      throw unknown(target);
    }
    var head =
        CaptureHeads.of(
            line.get(), transport.get(), gateway.running().devices(), target, clock.instant());
    boolean whole = line.get().name().equals(target);
    try {
      var recording = gateway.sessions().record(line.get().name(), whole ? null : target);
      if (recording.isEmpty()) {
        throw unknown(target);
      }
      return (out, allowed) -> {
        try {
          RecordingText.write(recording.get(), head, out, allowed);
        } finally {
          gateway.taps().close(recording.get());
        }
      };
    } catch (IllegalStateException e) {
      throw new Refusal(Refusal.Kind.BUSY, List.of(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Refusal.Kind.BUSY, List.of("the gateway is being stopped"));
    }
  }

  @Override
  public void bundle(OutputStream out) throws IOException {
    bundle.write(out);
  }

  private static Refusal unknown(String device) {
    return new Refusal(Refusal.Kind.NOT_FOUND, List.of("there is no device \"" + device + "\""));
  }
}
