package io.medtwin.twin.keeper;

import static io.medtwin.twin.keeper.KeeperBench.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Entry;
import io.medtwin.journal.MemoryJournal;
import io.medtwin.journal.Received;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.ledger.Gap;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is missing while somebody works on a device was planned. */
class MaintenanceTest {

  private static final Instant START = Instant.parse("2026-02-19T08:00:00Z");

  private DeviceLine line = KeeperBench.line(START);
  private long position;

  @Test
  void aGapThatBeginsInMaintenanceIsPlannedAlsoWhereItEndsAfterIt() {
    hear(0);
    mute(1, 60, "new battery");
    lose(2, "unplugged");
    line.age(at(61));
    hear(90);

    assertThat(line.account().gaps())
        .containsExactly(new Gap(at(0), at(90), "planned: new battery"));
    assertThat(line.view(line.total()).maintenance()).isNull();
  }

  @Test
  void aGapThatBeganBeforeOrBeginsAfterwardsIsNot() {
    hear(0);
    lose(1, "unplugged");
    mute(2, 60, "looking for it");
    hear(30);
    hear(59);
    line.age(at(60));
    lose(61, "unplugged again");
    hear(70);

    assertThat(line.account().gaps())
        .extracting(Gap::reason)
        .containsExactly("unplugged", "unplugged again");
  }

  @Test
  void aGatewayThatIsOffWhileADeviceIsInMaintenanceLeavesAPlannedGap() throws IOException {
    mute(0, 60, "moved to ward 4");
    hear(1);
    var saved = line.save();

    line = KeeperBench.line(START);
    line.restore(saved, at(300)); // maintenance ran out while the gateway was off
    line.restart(at(300));
    line.age(at(300));
    hear(301);

    assertThat(line.account().gaps())
        .extracting(Gap::reason)
        .containsExactly("planned: moved to ward 4");
  }

  @Test
  void itEndsByItselfOrWhenSomebodySaysSo() {
    mute(0, 60, "new battery");
    assertThat(line.view(line.total()).maintenance())
        .isEqualTo(new Maintenance("new battery", at(60), "ann"));
    assertThat(line.age(at(59))).isFalse();
    assertThat(line.age(at(60))).as("a change, which is noted").isTrue();
    assertThat(line.view(line.total()).maintenance()).isNull();

    mute(61, 120, "once more");
    line.take(++position, new Entry.Unmuted("ox-1", "ben", at(62)));
    assertThat(line.view(line.total()).maintenance()).isNull();
  }

  /** Wherever a state is saved and taken up again, the end is the same. */
  @Property(tries = 60)
  void maintenanceIsPartOfTheFold(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    var whole = KeeperBench.line(START);
    var parts = KeeperBench.line(START);
    for (int i = 1; i <= 60; i++) {
      var now = at(i);
      var entry =
          switch (random.nextInt(5)) {
            case 0 -> new Entry.Muted("ox-1", "r" + i, at(i + random.nextInt(9)), "ann", now);
            case 1 -> new Entry.Unmuted("ox-1", "ben", now);
            case 2 -> new Entry.LinkDown("ox-1", "lost", now);
            default ->
                Entry.Heard.of(
                    new Received("ox-1", Reading.of("spo2", Numeric.of(i, "%")), now, i));
          };
      if (random.nextInt(4) == 0) {
        var saved = parts.save();
        parts = KeeperBench.line(START);
        parts.restore(saved, now);
      }
      for (DeviceLine one : List.of(whole, parts)) {
        one.take(i, entry);
        one.age(now);
      }
    }
    assertThat(parts.save()).isEqualTo(whole.save());
  }

  @Test
  void itIsToldToTheBackendAndSurvivesARestart() throws Exception {
    var until = KeeperBench.now().plusSeconds(3_600);
    var backend = new KeeperBench.Backend();
    MemoryJournal journal;
    try (var bench = new KeeperBench(new MemoryJournal(), backend, "ox-1")) {
      assertThat(bench.keeper.mute("ox-1", new Maintenance("new battery", until, "ann"))).isTrue();
      assertThat(bench.keeper.mute("ox-9", new Maintenance("no", until, "ann"))).isFalse();
      until("told", () -> told(backend) instanceof Patch);
      assertThat(((Patch) told(backend)).members())
          .containsEntry("reason", "new battery")
          .containsKey("until");
      journal = bench.journal;
    }
    try (var next = new KeeperBench(journal, backend, "ox-1")) {
      assertThat(next.keeper.views().getFirst().maintenance())
          .isEqualTo(new Maintenance("new battery", until, "ann"));
      assertThat(next.keeper.unmute("ox-1", "ben")).isTrue();
      until("taken away", () -> told(backend) == Patch.REMOVE);
      assertThat(next.keeper.told("ox-1").orElseThrow().view().maintenance()).isNull();
    }
  }

  private static Object told(KeeperBench.Backend backend) {
    return List.copyOf(backend.merges).stream()
        .map(TwinCommand.Merge::patch)
        .map(patch -> (Patch) patch.members().get("features"))
        .map(features -> (Patch) features.members().get("link"))
        .map(link -> (Patch) link.members().get("properties"))
        .filter(link -> link.members().containsKey("maintenance"))
        .map(link -> link.members().get("maintenance"))
        .reduce("nothing yet", (before, after) -> after);
  }

  private static Instant at(long seconds) {
    return START.plus(Duration.ofSeconds(seconds));
  }

  private void hear(long second) {
    position++;
    var reading = Reading.of("spo2", Numeric.of(97, "%"));
    line.take(position, Entry.Heard.of(new Received("ox-1", reading, at(second), position)));
  }

  private void lose(long second, String why) {
    line.take(++position, new Entry.LinkDown("ox-1", why, at(second)));
  }

  private void mute(long second, long until, String reason) {
    line.take(++position, new Entry.Muted("ox-1", reason, at(until), "ann", at(second)));
  }
}
