package io.medtwin.console;

import io.medtwin.console.line.Claim;
import io.medtwin.console.line.Claimed;
import io.medtwin.console.line.Flow;
import io.medtwin.console.line.GatewayFacts;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.console.line.Refusal;
import io.medtwin.journal.JournalState;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Value;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.clock.ClockQuality;
import io.medtwin.twin.clock.ClockStatus;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.identity.Sighting;
import io.medtwin.twin.keeper.AlertSpan;
import io.medtwin.twin.keeper.DeviceReader.Told;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.DeviceView.Counts;
import io.medtwin.twin.keeper.DeviceView.Shown;
import io.medtwin.twin.keeper.Maintenance;
import io.medtwin.twin.keeper.Stretch;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.ledger.Gap;
import io.medtwin.twin.ledger.Outage;
import io.medtwin.twin.normalizer.Finding.AlertChange;
import io.medtwin.twin.normalizer.Finding.Mode;
import io.medtwin.twin.normalizer.Finding.Observation;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.normalizer.Finding.Wave;
import io.medtwin.twin.normalizer.Validity;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.outbox.Outbox.Standing;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileReader;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.LinkState.Status;
import io.medtwin.twin.state.Twin;
import io.medtwin.twin.tap.Tap;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A gateway that does what a test says: one oximeter, the gateway itself, and a stranger. */
public final class ScriptedLine implements GatewayLine {

  /** The device. */
  public static final String DEVICE = "ox-1";

  private static final ClockStatus CLOCK =
      new ClockStatus(
          ClockQuality.ALIGNED, 1_200L, 20, ManualClock.BEGIN, 1, null, ManualClock.BEGIN);

  private static final String PROFILE =
      """
      profile: test-oximeter
      version: 1.0.0
      manufacturer: Testmaker
      model: Ox 1
      class: pulse-oximeter
      driver: test-driver
      channels:
        spo2:
          saturation: { from: spo2, code: 150456, unit: "%", period: 1s }
          pleth: { from: pleth, code: 150452, kind: waveform, unit: "1" }
        power:
          battery: { from: battery, kind: enum, period: 1s }
      """;

  private final Profile profile = profile();
  private final InstantSource clock;
  private final Map<String, Maintenance> muted = new ConcurrentHashMap<>();

  /** What was asked of it. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** Onlookers. */
  public final Taps taps = new Taps();

  /** Grows with each report. */
  public final AtomicLong reports = new AtomicLong();

  /** Stretches of the wave. */
  public final List<Stretch> stretches = new CopyOnWriteArrayList<>();

  /** The value that is shown. */
  public volatile String saturation = "97";

  /** Model name of the device. */
  public volatile String model = "Ox 1";

  /** How the link is. */
  public volatile Status status = Status.ONLINE;

  /** Whether Ditto is reached. */
  public volatile String reach = "connected";

  /** Whether the journal is well. */
  public volatile JournalState.Health health = JournalState.Health.OK;

  /** Whether its devices are simulated. */
  public volatile boolean demo;

  /** When the twin was acknowledged. */
  public volatile @Nullable Instant acknowledgedAt = ManualClock.BEGIN;

  /** Fills the table with more devices. */
  public volatile int more;

  /** Alerts with these priorities are present. */
  public volatile List<Alert.Priority> alerts = List.of();

  /** Outages so far. */
  public volatile List<Outage> outages = List.of();

  /** Makes each look fail. */
  public volatile @Nullable RuntimeException broken;

  /** A line at this clock. */
  public ScriptedLine(InstantSource clock) {
    this.clock = clock;
  }

  private static Profile profile() {
    var problems = new Problems();
    var root = Document.parse("test-oximeter.yaml", PROFILE, problems).orElseThrow();
    return ProfileReader.read(root);
  }

  @Override
  public GatewayFacts facts() {
    return new GatewayFacts(
        "gw-1",
        "north",
        "0.1.0",
        ManualClock.BEGIN,
        demo,
        "http://localhost:8080",
        reach,
        "clinic.north:gw-1");
  }

  @Override
  public List<DeviceView> devices() {
    var failure = broken;
    if (failure != null) {
      throw failure;
    }
    var views = new java.util.ArrayList<DeviceView>();
    views.add(view(DEVICE, model, "clinic.north:" + DEVICE));
    for (int i = 0; i < more; i++) {
      views.add(view("more-" + i, "x".repeat(2_000), "clinic.north:more-" + i));
    }
    views.add(view("gw-1", "MedTwin Gateway", "clinic.north:gw-1"));
    return views;
  }

  private DeviceView view(String id, String ofModel, String thing) {
    return new DeviceView(
        id,
        ofModel,
        thing,
        new LinkState(status, ManualClock.BEGIN, status == Status.ONLINE ? "" : "cable pulled"),
        status == Status.ONLINE,
        clock.instant(),
        acknowledgedAt,
        Standing.OWNED,
        List.of(
            new Shown("spo2", "saturation", saturation, "%", "valid"),
            new Shown("power", "battery", "not-low", "", "valid")),
        alerts.stream().map(this::alert).toList(),
        0,
        "test-oximeter 1.0.0",
        muted.get(id),
        id.equals(DEVICE) ? CLOCK : null,
        new Counts(reports.get(), 0, 0, 0, 0, 0, 0, 0, 0),
        "");
  }

  private ActiveAlert alert(Alert.Priority priority) {
    var said =
        new Alert(
            "o-" + priority,
            "AL_" + priority,
            Alert.Phase.START,
            priority,
            Alert.Kind.TECHNICAL,
            "",
            null,
            null);
    return new ActiveAlert(
        new AlertChange(said, 0, "an alert", ManualClock.BEGIN), ManualClock.BEGIN);
  }

  @Override
  public Optional<Told> device(String device) {
    if (!device.equals(DEVICE)) {
      return Optional.empty();
    }
    var now = clock.instant();
    var saturationOf = metric("spo2/saturation");
    var twin =
        Twin.unheard(profile, now)
            .with(new LinkState(Status.ONLINE, now, ""))
            .with(
                new Observation(
                    saturationOf, new BigDecimal(saturation), Validity.VALID, Mode.REAL, now),
                now)
            .with(
                new Observation(metric("power/battery"), "not-low", Validity.VALID, Mode.REAL, now),
                now)
            .with(new Wave(metric("spo2/pleth"), 75, 0.5, -10, 25, now))
            .with(new Unmapped("skin-temp", Numeric.of("33.1", "Cel"), now));
    return Optional.of(
        new Told(
            view(DEVICE, model, "clinic.north:" + DEVICE),
            new Facts(DEVICE, "clinic.north:" + DEVICE, "p", "gw-1", "test-driver", Patch.EMPTY),
            twin,
            account(),
            List.of(
                Sighting.of(
                    "the device", "Testmaker", "Ox 1", Map.of(Attribute.SERIAL, "8002-51740"))),
            "",
            Map.of("skin-temp", 12L)));
  }

  private Metric metric(String place) {
    return Objects.requireNonNull(profile.at(place));
  }

  private Account account() {
    return new Account(
        DEVICE,
        "clinic.north:" + DEVICE,
        3,
        41,
        Map.of("spo2/saturation", new Balance(10, 7, 2, 1, 0, 0)),
        List.of(new Gap(ManualClock.BEGIN.minusSeconds(60), ManualClock.BEGIN, "cable pulled")),
        0);
  }

  @Override
  public String profileLine(String parameter, Value value) {
    return "skinTemp: { from: " + parameter + ", unit: Cel }";
  }

  @Override
  public List<Account> accounts() {
    return List.of(account());
  }

  @Override
  public JournalState journal() {
    return new JournalState(
        health,
        health == JournalState.Health.OK ? "" : "disk full",
        ManualClock.BEGIN,
        4096,
        reports.get(),
        2,
        0,
        0,
        0,
        2L << 30);
  }

  @Override
  public Flow flow() {
    long count = reports.get();
    return new Flow(
        clock.instant(),
        List.of(
            new Flow.Link(
                "bed-1",
                "serial:/dev/ttyS1",
                "test-driver",
                "running",
                "",
                List.of(DEVICE),
                count,
                0,
                0,
                0,
                0)),
        new Flow.Store(count, count, 0, 4096, 1 << 30),
        new Flow.Owner(count, 0, 0),
        new Flow.Way(count, count, 0, 0, 0, 64, 0, null),
        List.of(
            new Flow.Latency(
                "acknowledged", List.of(10L, 100L), List.of(count, 0L, 0L), 5.0 * count)));
  }

  @Override
  public List<Outage> outages() {
    return outages;
  }

  @Override
  public List<AlertSpan> pastAlerts(String device) {
    return List.of(
        new AlertSpan(
            "o-1",
            "PROBE",
            "Probe off",
            Alert.Priority.LOW,
            Alert.Kind.TECHNICAL,
            ManualClock.BEGIN,
            ManualClock.BEGIN.plusSeconds(5)));
  }

  @Override
  public List<Stretch> wave(String device, String metric, long after) {
    return stretches.stream().filter(stretch -> stretch.number() > after).toList();
  }

  /** A stretch with a sample that is missing. */
  public static Stretch stretch(long number) {
    return new Stretch(
        number,
        ManualClock.BEGIN,
        75,
        0.5,
        -10,
        "1",
        IntBuffer.wrap(new int[] {1, Samples.MISSING, 3}).asReadOnlyBuffer());
  }

  @Override
  public List<UnclaimedDevice> unclaimed() {
    return List.of(
        new UnclaimedDevice(
            "hub-1",
            "AA:BB",
            "ble",
            ManualClock.BEGIN,
            ManualClock.BEGIN,
            4,
            Map.of("spo2", "%"),
            Map.of(Attribute.MODEL, "3150")));
  }

  @Override
  public List<String> mayBe(UnclaimedDevice device) {
    return List.of("nonin-3150");
  }

  @Override
  public List<String> profiles() {
    return List.of("nonin-3150", "test-oximeter");
  }

  @Override
  public Claimed claim(Claim claim) throws Refusal {
    if (!claim.address().equals("AA:BB")) {
      throw new Refusal(Refusal.Kind.NOT_FOUND, List.of("nothing was heard at that address"));
    }
    asked.add("claim " + claim.address() + " by " + claim.by());
    return new Claimed("nonin-aa-bb", "clinic.north:nonin-aa-bb", true);
  }

  @Override
  public void mute(String device, Maintenance maintenance) throws Refusal {
    check(device);
    asked.add("mute " + device + " by " + maintenance.by());
    muted.put(device, maintenance);
  }

  @Override
  public void unmute(String device, String by) throws Refusal {
    check(device);
    if (muted.remove(device) == null) {
      throw new Refusal(Refusal.Kind.CONFLICT, List.of(device + " is in no maintenance"));
    }
    asked.add("unmute " + device + " by " + by);
  }

  private static void check(String device) throws Refusal {
    if (!device.equals(DEVICE)) {
      throw new Refusal(Refusal.Kind.NOT_FOUND, List.of("there is no device " + device));
    }
  }

  @Override
  public Tap tap(String device) throws Refusal {
    try {
      return taps.open(device);
    } catch (IllegalStateException e) {
      throw new Refusal(Refusal.Kind.BUSY, List.of(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void untap(Tap tap) {
    taps.close(tap);
  }

  /** A recording of a link on which nothing happens. */
  @Override
  public Capture record(String target) throws Refusal {
    check(target);
    asked.add("record " + target);
    return (out, allowed) -> out.write("capture 1\nend\n".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void bundle(OutputStream out) throws IOException {
    out.write("PK zip".getBytes(StandardCharsets.UTF_8));
  }
}
