package io.medtwin.twin.keeper;

import static io.medtwin.twin.keeper.KeeperBench.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Entry;
import io.medtwin.journal.MemoryJournal;
import io.medtwin.journal.Received;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Samples;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaveRingTest {

  private static final Instant START = Instant.parse("2026-02-19T08:00:00Z");

  private final WaveRing ring = new WaveRing();

  private void add(int[] raw, double rate) {
    ring.add(Samples.of(raw, rate, 1, 0, "1"), START);
  }

  @Test
  void noMoreThanTwelveSecondsAreKept() {
    for (int i = 1; i <= 100; i++) {
      add(new int[] {i, i}, 4); // half a second each
    }
    assertThat(ring.after(0)).hasSize(24);
    assertThat(ring.after(0).getFirst().number()).isEqualTo(77);
    assertThat(ring.after(98)).extracting(Stretch::number).containsExactly(99L, 100L);
    assertThat(ring.after(100)).isEmpty();
    assertThat(ring.after(1_000)).isEmpty();
  }

  @Test
  void noMoreThan256StretchesAreKeptHoweverShort() {
    for (int i = 1; i <= 1_000; i++) {
      add(new int[] {i}, 500);
    }
    assertThat(ring.after(0)).hasSize(WaveRing.MOST);
    assertThat(ring.after(0).getFirst().raw().get(0)).isEqualTo(745);
  }

  @Test
  void memoryIsBoundAlsoWhereADeviceClaimsAnAbsurdRate() {
    for (int i = 0; i < 100; i++) {
      add(new int[60_000], 1e9);
    }
    int samples = ring.after(0).stream().mapToInt(one -> one.raw().remaining()).sum();
    assertThat(samples).isBetween(60_000, WaveRing.MOST_SAMPLES);
  }

  @Test
  void aSingleStretchIsKeptHoweverLong() {
    add(new int[] {1}, 100);
    add(new int[60_000], 1);
    assertThat(ring.after(0)).singleElement().returns(2L, Stretch::number);
  }

  @Test
  void aReaderBesideTheWriterSeesOnlyWholeStretchesInTheirOrder() throws Exception {
    var writing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 1; i <= 200_000; i++) {
                add(new int[] {i, -i}, 500);
              }
            });
    long last = 0;
    while (!writing.isDone() || !ring.after(last).isEmpty()) {
      for (Stretch stretch : ring.after(last)) {
        assertThat(stretch.number()).isGreaterThan(last);
        last = stretch.number();
        assertThat(stretch.raw().get(0)).isEqualTo((int) last);
        assertThat(stretch.raw().get(1)).isEqualTo((int) -last);
      }
    }
    writing.get(20, TimeUnit.SECONDS);
    assertThat(last).isEqualTo(200_000);
  }

  @Test
  void aStretchReachesWhoLooksAsTheDeviceSentItAndIsNoPartOfTheSavedState() throws Exception {
    var before = new MemoryJournal();
    try (var bench = new KeeperBench(before, new KeeperBench.Backend(), "ox-1")) {
      var raw = new int[] {12_345_678, Samples.MISSING};
      bench.say("ox-1", Reading.of("pleth", Samples.of(raw, 75, 0.5, -3, "mV")));
      until("heard", () -> !bench.keeper.wave("ox-1", "spo2.pleth", 0).isEmpty());
      var stretch = bench.keeper.wave("ox-1", "spo2.pleth", 0).getFirst();
      assertThat(List.of(stretch.raw().get(0), stretch.raw().get(1)))
          .containsExactly(12_345_678, Samples.MISSING);
      assertThat(stretch).returns(75.0, Stretch::ratePerSecond).returns("mV", Stretch::unit);
      assertThat(bench.keeper.wave("ox-1", "spo2.saturation", 0)).isEmpty();
      assertThat(bench.keeper.wave("ox-9", "spo2.pleth", 0)).isEmpty();
    }
    var line = KeeperBench.line(START);
    var pleth = Reading.of("pleth", Samples.of(new int[] {12_345_678}, 75, 1, 0, "1"));
    line.take(1, Entry.Heard.of(new Received("ox-1", pleth, START, 1)));
    assertThat(line.save()).doesNotContain("12345678");
    assertThat(line.waves.after("spo2.pleth", 0)).hasSize(1);
  }
}
