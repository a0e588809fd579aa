package io.medtwin.twin.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Journal;
import io.medtwin.journal.MemoryJournal;
import io.medtwin.journal.Received;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.identity.Identifier.Plate;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.TestProfiles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who a device is, in its twin and for those who ask; and devices that come while it runs. */
class DeviceIdentityTest {

  private static final Units UNITS = new Units();

  private final Twins twins = new Twins();
  private final Map<String, Long> sequences = new HashMap<>();

  @Test
  void aDeviceThatContradictsTheFileIsToldInItsTwin() throws Exception {
    var journal = new MemoryJournal();
    try (var keeper = start(journal, plan("ox-1", "4711"))) {
      say(journal, "ox-1", Identity.of(Attribute.SERIAL, "4712"));
      until("told", () -> twins.identity("ox-1").get("conflict") instanceof String);

      assertThat(twins.identity("ox-1"))
          .containsEntry("serial", "4712")
          .containsEntry(
              "conflict", "the device says serial \"4712\", the gateway file says \"4711\"");

      say(journal, "ox-1", Identity.of(Attribute.SERIAL, "SN-04711"));
      until("taken back", () -> twins.identity("ox-1").get("conflict") == Patch.REMOVE);
    }
    assertThat(told(journal, plan("ox-1", "4711")).doubt()).isEmpty();
  }

  @Test
  void swappedCablesShowAtBothEndsAndAfterARestart() throws Exception {
    var journal = new MemoryJournal();
    try (var keeper = start(journal, plan("ox-1", "1001"), plan("ox-2", "1002"))) {
      say(journal, "ox-1", Identity.of(Attribute.SERIAL, "1002"));
      until("told", () -> String.valueOf(twins.identity("ox-2").get("conflict")).contains("ox-1"));
      assertThat(String.valueOf(twins.identity("ox-1").get("conflict")))
          .contains("the device says serial \"1002\"", "ox-2 has serial/");
      until("settled", () -> keeper.total().pending() == 0);
    }
    twins.identities.clear();

    var second = new MemoryJournal(journal);
    try (var keeper = start(second, plan("ox-1", "1001"), plan("ox-2", "1002"))) {
      until("told", () -> String.valueOf(twins.identity("ox-2").get("conflict")).contains("ox-1"));
    }
  }

  @Test
  void theSightingsOfADeviceNameTheirSources() throws Exception {
    var journal = new MemoryJournal();
    try (var keeper = start(journal, plan("ox-1", "004711"))) {
      say(journal, "ox-1", Identity.of(Attribute.SERIAL, "SN-004711"));
      until("heard", () -> keeper.views().getFirst().counts().received() == 1);
    }

    var sightings = told(journal, plan("ox-1", "004711")).sightings();

    assertThat(sightings)
        .extracting(one -> one.source())
        .containsExactly("gateway file", "the device");
    assertThat(sightings)
        .extracting(one -> ((Plate) one.identifiers().first()).serial())
        .containsExactly("004711", "SN-004711");
  }

  @Test
  void aDeviceThatIsAddedIsHeardToldAndFoundByTheNextLife() throws Exception {
    var journal = new MemoryJournal();
    try (var keeper = start(journal, plan("ox-1", "1"))) {
      assertThat(keeper.add(plan("ox-2", "2"))).isTrue();
      assertThat(keeper.add(plan("ox-2", "2"))).as("it is there").isFalse();
      say(journal, "ox-2", Reading.of("spo2", Numeric.of(97, "%")));
      until("told", () -> twins.features("ox-2").contains("spo2"));
      until("settled", () -> keeper.total().delivered() == 1 && keeper.total().pending() == 0);
    }

    var read = told(journal, plan("ox-2", "2"));
    assertThat(read.account().total().delivered()).isEqualTo(1);
    var second = new MemoryJournal(journal);
    try (var keeper = start(second, plan("ox-1", "1"), plan("ox-2", "2"))) {
      assertThat(keeper.lastSequence("ox-2")).isEqualTo(1);
    }
  }

  @Test
  void aDeviceTheJournalKnowsIsTakenUpByARestartOnly() throws Exception {
    var journal = new MemoryJournal();
    try (var keeper = start(journal, plan("ox-1", "1"), plan("ox-2", "2"))) {
      say(journal, "ox-2", Reading.of("spo2", Numeric.of(97, "%")));
      until("heard", () -> keeper.total().received() == 1);
    }

    try (var keeper = start(new MemoryJournal(journal), plan("ox-1", "1"))) {
      assertThat(keeper.add(plan("ox-2", "2"))).isFalse();
    }
  }

  @Test
  void parametersWithoutAPlaceAreCountedOverARestart() throws Exception {
    var journal = new MemoryJournal();
    for (int life = 0; life < 2; life++) {
      journal = new MemoryJournal(journal);
      try (var keeper = start(journal, plan("ox-1", "1"))) {
        say(journal, "ox-1", Reading.of("battery", Numeric.of(80, "%")));
        say(journal, "ox-1", Reading.of("battery", Numeric.of(80, "%")));
        long expected = 2L * (life + 1);
        until("heard", () -> keeper.total().received() == expected);
      }
    }

    assertThat(told(journal, plan("ox-1", "1")).unplaced()).isEqualTo(Map.of("battery", 4L));
  }

  @Test
  void whenATwinWasAcknowledgedIsToldFromTheJournal() throws Exception {
    var journal = new MemoryJournal();
    try (var keeper = start(journal, plan("ox-1", "1"))) {
      until("acknowledged", () -> keeper.views().getFirst().acknowledgedAt() != null);
    }
    assertThat(told(journal, plan("ox-1", "1")).view().acknowledgedAt()).isNotNull();
  }

  private TwinKeeper start(Journal journal, DevicePlan... plans) {
    var keeper =
        new TwinKeeper(
            List.of(plans), twins, journal, UNITS, InstantSource.system(), new Random(1));
    keeper.start();
    return keeper;
  }

  private static DevicePlan plan(String device, String serial) {
    var attributes = Patch.of("identity", Patch.of("serial", serial));
    var facts = new Facts(device, "test:" + device, "test:p", "gw", "drv", attributes);
    return new DevicePlan(facts, TestProfiles.oximeter());
  }

  private static DeviceReader.Told told(MemoryJournal journal, DevicePlan plan) {
    return DeviceReader.read(
            List.of(plan),
            UNITS,
            Instant.ofEpochMilli(System.currentTimeMillis()),
            replay -> new MemoryJournal(journal).recover(replay))
        .devices()
        .getFirst();
  }

  private void say(Journal journal, String device, Report report) throws InterruptedException {
    long sequence = sequences.merge(device, 1L, Long::sum);
    var now = Instant.ofEpochMilli(System.currentTimeMillis());
    journal.append(Entry.Heard.of(new Received(device, report, now, sequence)), null);
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 20 s: " + what);
      }
      Thread.onSpinWait();
    }
  }

  /** Takes everything, and keeps the last identity and all features of each thing. */
  private static final class Twins implements TwinBackend {

    final Map<String, Map<String, Object>> identities = new ConcurrentHashMap<>();
    final Map<String, List<String>> features = new ConcurrentHashMap<>();

    Map<String, Object> identity(String device) {
      return identities.getOrDefault("test:" + device, Map.of());
    }

    List<String> features(String device) {
      return features.getOrDefault("test:" + device, List.of());
    }

    @Override
    public void start() {}

    @Override
    public CompletionStage<Answer> submit(TwinCommand command) {
      return CompletableFuture.completedFuture(
          switch (command) {
            case TwinCommand.Provision _ -> new Answer.Provisioned(true, 0, 0);
            case TwinCommand.Recall _ -> new Answer.Recalled(Patch.EMPTY);
            case TwinCommand.Merge merge -> take(merge);
          });
    }

    private Answer take(TwinCommand.Merge merge) {
      var identity = member(member(merge.patch(), "attributes"), "identity");
      if (identity != null) {
        identities.put(merge.thingId(), identity.members());
      }
      var told = member(merge.patch(), "features");
      if (told != null) {
        features.merge(
            merge.thingId(),
            List.copyOf(told.members().keySet()),
            (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
      }
      return new Answer.Stored();
    }

    private static @Nullable Patch member(@Nullable Patch patch, String name) {
      return patch != null && patch.members().get(name) instanceof Patch inner ? inner : null;
    }

    @Override
    public Reach reach() {
      return Reach.CONNECTED;
    }

    @Override
    public String name() {
      return "twins";
    }

    @Override
    public void close() {}
  }
}
