package io.medtwin.twin.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Journal;
import io.medtwin.journal.MemoryJournal;
import io.medtwin.journal.Received;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Text;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.TestProfiles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The keeper is a fold over its journal: a new life finds what the old one left. */
class FoldTest {

  private static final Units UNITS = new Units();
  private static final List<String> DEVICES = List.of("ox-1", "ox-2");

  private final ScriptedBackend backend = new ScriptedBackend();
  private final Map<String, Long> sequences = new ConcurrentHashMap<>();

  @Test
  void aNewLifeGoesOnWithTheSameNumbersAndRepeatsNothing() throws Exception {
    var journal = new MemoryJournal();
    try (var keeper = start(journal)) {
      say(journal, "ox-1", Reading.of("spo2", Numeric.of(97, "%")));
      say(journal, "ox-1", alert("a1", Alert.Phase.START));
      until("told", () -> backend.merges.stream().anyMatch(m -> tells(m, "alerts")));
      until("settled", () -> keeper.total().pending() == 0);
    }
    var last = backend.merges.getLast().merge();
    backend.merges.clear();

    var second = new MemoryJournal(journal);
    try (var keeper = start(second)) {
      until("asked and told", () -> !backend.merges.isEmpty());
      say(second, "ox-1", alert("a1", Alert.Phase.END));
      until("the end is told", () -> backend.merges.stream().anyMatch(m -> tells(m, "alerts")));
      until("settled", () -> keeper.total().pending() == 0);
    }

    var first = backend.merges.getFirst().merge();
    assertThat(first.epoch()).isEqualTo(last.epoch());
    assertThat(first.seq()).isGreaterThan(last.seq());
    assertThat(backend.refusedForOrder).isZero();
    assertThat(total(second)).isEqualTo(new Balance(3, 3, 0, 0, 0, 0));
  }

  @Test
  void whatWasNotConfirmedIsToldByTheNextLife() throws Exception {
    var journal = new MemoryJournal();
    backend.answer = new Answer.Busy(429, "no");
    var keeper = start(journal);
    say(journal, "ox-1", alert("a1", Alert.Phase.START));
    say(journal, "ox-1", new DeviceEvent("started", "", null));
    keeper.close(Duration.ZERO);
    backend.answer = null;

    var second = new MemoryJournal(journal);
    try (var next = start(second)) {
      until("the alert is told", () -> backend.merges.stream().anyMatch(m -> tells(m, "alerts")));
      until("the event is told", () -> backend.merges.stream().anyMatch(m -> tells(m, "events")));
      until("settled", () -> next.total().pending() == 0);
    }
    assertThat(total(second)).isEqualTo(new Balance(2, 2, 0, 0, 0, 0));
  }

  @Test
  void aMergeThatTookEffectWithoutAnAnswerIsCountedOnceByTheNextLife() throws Exception {
    var journal = new MemoryJournal();
    var keeper = start(journal);
    until(
        "nothing is under way",
        () -> keeper.views().stream().allMatch(view -> view.acknowledgedAt() != null));
    backend.loseAnswers = true;
    say(journal, "ox-1", alert("a1", Alert.Phase.START));
    until("it took effect", () -> backend.merges.stream().anyMatch(m -> tells(m, "alerts")));
    keeper.close(Duration.ZERO);
    backend.merges.clear();
    backend.loseAnswers = false;

    var second = new MemoryJournal(journal);
    try (var next = start(second)) {
      until("settled", () -> next.total().delivered() == 1 && next.total().pending() == 0);
    }
    assertThat(backend.merges).noneMatch(m -> tells(m, "alerts"));
  }

  /** A disk that failed kept what devices said, and not what was told of it. */
  @Test
  void whatAnEarlierLifeToldAndCouldNotNoteIsNotToldAgain() throws Exception {
    var journal = new MemoryJournal();
    backend.answer = new Answer.Busy(429, "no");
    var keeper = start(journal);
    say(journal, "ox-1", alert("a1", Alert.Phase.START));
    say(journal, "ox-1", alert("a1", Alert.Phase.END));
    say(journal, "ox-1", new DeviceEvent("started", "", null));
    say(journal, "ox-1", alert("a2", Alert.Phase.START));
    until("it waits", () -> keeper.total().pending() == 4);
    var withoutTheRest = new MemoryJournal(journal);
    backend.answer = null;
    until("settled", () -> keeper.total().delivered() == 4);
    keeper.close(Duration.ZERO);
    backend.merges.clear();

    var second = new MemoryJournal(withoutTheRest);
    try (var next = start(second)) {
      until("settled", () -> next.total().delivered() == 4 && next.total().pending() == 0);
      say(second, "ox-1", alert("a2", Alert.Phase.END));
      until("the rest is told", () -> next.total().delivered() == 5);
    }
    var alerts = backend.merges.stream().filter(told -> tells(told, "alerts")).toList();
    assertThat(alerts).as("the end of a2 alone").hasSize(1);
    assertThat(backend.merges).noneMatch(told -> tells(told, "events"));
    assertThat(total(second)).isEqualTo(new Balance(5, 5, 0, 0, 0, 0));
    assertThat(total(second)).as("read once more").isEqualTo(new Balance(5, 5, 0, 0, 0, 0));
  }

  @Test
  void aWordWithItsOwnTimeThatIsSaidAgainTakesEffectOnce() throws Exception {
    var journal = new MemoryJournal();
    try (var keeper = start(journal)) {
      say(journal, "ox-1", dated("started", 1));
      say(journal, "ox-1", dated("started", 1));
      say(journal, "ox-1", dated("started", 2));
      until("settled", () -> keeper.total().delivered() == 2 && keeper.total().pending() == 0);
    }

    var second = new MemoryJournal(journal);
    try (var next = start(second)) {
      say(second, "ox-1", dated("started", 1));
      say(second, "ox-1", dated("started", 3));
      until("settled", () -> next.total().delivered() == 3 && next.total().pending() == 0);
    }
    assertThat(total(second)).isEqualTo(new Balance(5, 3, 2, 0, 0, 0));
  }

  @Test
  void anAlertThatComesBackWithinASecondOfACoarseClockIsNoRepetition() throws Exception {
    var second = new DeviceTime.Utc(Instant.parse("2026-02-19T08:00:00Z"), true);
    var journal = new MemoryJournal();
    try (var keeper = start(journal)) {
      for (var phase : List.of(Alert.Phase.START, Alert.Phase.END, Alert.Phase.START)) {
        say(journal, "ox-1", alert("a1", phase, second));
      }
      until("settled", () -> keeper.total().delivered() == 3);
      var shown = keeper.views().stream().filter(view -> view.device().equals("ox-1"));
      assertThat(shown).singleElement().returns(1, view -> view.alerts().size());
    }
  }

  private static DeviceEvent dated(String code, int tenth) {
    var time = Instant.parse("2026-02-19T08:00:00.010Z").plusMillis(100L * tenth);
    return new DeviceEvent(code, "", new DeviceTime.Utc(time, true));
  }

  /** Whatever is said and answered: every report is accounted for, live and from the journal. */
  @Property(tries = 40)
  void theLedgerIsExactAndTheJournalTellsTheSame(@ForAll long seed) throws Exception {
    var random = new Random(seed);
    var all = new ScriptedBackend();
    all.random = random;
    var journal = new MemoryJournal();
    int said = 0;
    for (int life = 0; life < 3; life++) {
      journal = new MemoryJournal(journal);
      var keeper = keeper(journal, all, InstantSource.system());
      keeper.start();
      for (int i = 0; i < 60; i++) {
        say(journal, DEVICES.get(random.nextInt(2)), anything(random));
        said++;
      }
      keeper.close(random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(20));
    }

    var accounts = accounts(journal);

    assertThat(accounts).allSatisfy(account -> assertThat(account.isExact()).isTrue());
    assertThat(total(journal).received()).isEqualTo(said);
    assertThat(all.refusedForOrder).isZero();
  }

  private Report anything(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> alert("a" + random.nextInt(3), Alert.Phase.START);
      case 1 -> alert("a" + random.nextInt(3), Alert.Phase.END);
      case 2 -> new DeviceEvent("e" + random.nextInt(3), "", null);
      case 3 -> Reading.of("unknown-" + random.nextInt(4), Numeric.of(random.nextInt(9), "1"));
      case 4 -> Reading.of("spo2", new Absent(Absent.Reason.SENSOR_OFF));
      case 5 -> Reading.of("temperature", new Text("warm")); // contradicts the profile
      case 6 -> Identity.of(Identity.Attribute.FIRMWARE, "1." + random.nextInt(3));
      case 7 -> Reading.of("pulse-rate", Numeric.of(60 + random.nextInt(9), "bpm"));
      case 8 -> dated("started", random.nextInt(20));
      default -> Reading.of("spo2", Numeric.of(90 + random.nextInt(9), "%"));
    };
  }

  private TwinKeeper start(Journal journal) {
    var keeper = keeper(journal, backend, InstantSource.system());
    keeper.start();
    return keeper;
  }

  private static TwinKeeper keeper(Journal journal, TwinBackend backend, InstantSource clock) {
    return new TwinKeeper(plans(), backend, journal, UNITS, clock, new Random(1));
  }

  private static List<DevicePlan> plans() {
    var profile = TestProfiles.oximeter();
    var plans = new ArrayList<DevicePlan>();
    for (String device : DEVICES) {
      var facts = new Facts(device, "test:" + device, "test:p", "gw", "drv", Patch.EMPTY);
      plans.add(new DevicePlan(facts, profile));
    }
    return plans;
  }

  private static List<Account> accounts(MemoryJournal journal) {
    return LedgerReader.read(
            plans(), UNITS, Instant.EPOCH, replay -> new MemoryJournal(journal).recover(replay))
        .accounts();
  }

  private static Balance total(MemoryJournal journal) {
    return accounts(journal).stream().map(Account::total).reduce(Balance.NONE, Balance::plus);
  }

  private void say(Journal journal, String device, Report report) throws InterruptedException {
    long sequence = sequences.merge(device, 1L, Long::sum);
    var now = Instant.ofEpochMilli(System.currentTimeMillis());
    journal.append(Entry.Heard.of(new Received(device, report, now, sequence)), null);
  }

  private static Alert alert(String occurrence, Alert.Phase phase) {
    return alert(occurrence, phase, null);
  }

  private static Alert alert(String occurrence, Alert.Phase phase, @Nullable DeviceTime time) {
    return new Alert(
        occurrence, "AL_PROBE", phase, Alert.Priority.HIGH, Alert.Kind.UNKNOWN, "", null, time);
  }

  private static boolean tells(Told told, String feature) {
    return told.merge().patch().members().get("features") instanceof Patch features
        && features.members().containsKey(feature);
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

  private record Told(TwinCommand.Merge merge) {}

  private record Stored(long epoch, long seq) {}

  /** Keeps numbers, alerts and events, and answers as it is told or by chance. */
  private static final class ScriptedBackend implements TwinBackend {

    final Map<String, Stored> things = new ConcurrentHashMap<>();
    final Map<String, Patch> features = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueueWithLast merges = new ConcurrentLinkedQueueWithLast();
    volatile @Nullable Answer answer;
    volatile boolean loseAnswers;
    volatile int refusedForOrder;
    @Nullable Random random;

    @Override
    public void start() {}

    @Override
    public CompletionStage<Answer> submit(TwinCommand command) {
      var ordered = answer;
      if (ordered != null) {
        return CompletableFuture.completedFuture(ordered);
      }
      int chance = random == null ? 9 : random.nextInt(10);
      if (chance == 0) {
        return CompletableFuture.completedFuture(new Answer.Busy(429, "by chance"));
      }
      Answer real = carryOut(command);
      if (chance == 1) {
        return CompletableFuture.completedFuture(new Answer.Busy(0, "answer lost by chance"));
      }
      return loseAnswers ? new CompletableFuture<>() : CompletableFuture.completedFuture(real);
    }

    private synchronized Answer carryOut(TwinCommand command) {
      return switch (command) {
        case TwinCommand.Provision provision -> {
          var stored = things.putIfAbsent(provision.thingId(), new Stored(0, 0));
          yield stored == null
              ? new Answer.Provisioned(true, 0, 0)
              : new Answer.Provisioned(false, stored.epoch(), stored.seq());
        }
        case TwinCommand.Recall recall ->
            new Answer.Recalled(features.getOrDefault(recall.thingId(), Patch.EMPTY));
        case TwinCommand.Merge merge -> {
          var stored = things.getOrDefault(merge.thingId(), new Stored(0, 0));
          boolean newer =
              merge.epoch() > stored.epoch()
                  || merge.epoch() == stored.epoch() && merge.seq() > stored.seq();
          if (!newer) {
            refusedForOrder++;
            yield new Answer.Outdated(stored.epoch());
          }
          things.put(merge.thingId(), new Stored(merge.epoch(), merge.seq()));
          if (merge.patch().members().get("features") instanceof Patch told) {
            features.merge(merge.thingId(), told, ScriptedBackend::merged);
          }
          merges.add(new Told(merge));
          yield new Answer.Stored();
        }
      };
    }

    /** RFC 7396. */
    private static Patch merged(Patch before, Patch patch) {
      var members = new LinkedHashMap<>(before.members());
      patch
          .members()
          .forEach(
              (name, value) -> {
                if (value == Patch.REMOVE) {
                  members.remove(name);
                } else if (value instanceof Patch inner) {
                  var old = members.get(name) instanceof Patch there ? there : Patch.EMPTY;
                  members.put(name, merged(old, inner));
                } else {
                  members.put(name, value);
                }
              });
      return new Patch(members);
    }

    @Override
    public Reach reach() {
      return Reach.CONNECTED;
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public void close() {}
  }

  /** A queue of which the ends can be seen. */
  private static final class ConcurrentLinkedQueueWithLast extends ConcurrentLinkedQueue<Told> {
    private static final long serialVersionUID = 1L;

    Told getFirst() {
      return element();
    }

    Told getLast() {
      return List.copyOf(this).getLast();
    }
  }
}
