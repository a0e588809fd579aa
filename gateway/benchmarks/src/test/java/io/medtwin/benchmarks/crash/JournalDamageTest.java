package io.medtwin.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDamageTest {

  private static final int PAGE = 1_024;
  private static final int FRAME = 24 + PAGE;

  @TempDir private Path folder = Path.of("");

  @Test
  void theLogEndsWhereFramesCarryAnotherSalt() throws IOException {
    var log = log(3, 2);
    try (var channel = FileChannel.open(log)) {
      assertThat(JournalDamage.endOfLog(channel)).isEqualTo(32 + 3 * FRAME);
    }
  }

  @Test
  void aTornLogLosesItsLastFramesAndNothingBefore() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      var log = log(5, 2);
      JournalDamage.damage(folder, Fault.TORN_LOG, new SplittableRandom(seed));

      assertThat(Files.size(log)).isBetween(32L + 2 * FRAME, 32L + 5 * FRAME - 1);
    }
  }

  @Test
  void aFlippedLogDiffersOnlyInItsLastFrames() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      var log = log(5, 2);
      var before = Files.readAllBytes(log);
      JournalDamage.damage(folder, Fault.FLIPPED_LOG, new SplittableRandom(seed));
      var after = Files.readAllBytes(log);

      assertThat(after).hasSameSizeAs(before);
      int first = 0;
      while (first < after.length && after[first] == before[first]) {
        first++;
      }
      assertThat(first).isGreaterThanOrEqualTo(32 + 2 * FRAME);
    }
  }

  /** A log of frames that count and frames left over from before. */
  private Path log(int frames, int leftOver) throws IOException {
    var bytes = ByteBuffer.allocate(32 + (frames + leftOver) * FRAME);
    bytes.putInt(8, PAGE).putLong(16, 4711);
    for (int i = 0; i < frames + leftOver; i++) {
      bytes.putLong(32 + i * FRAME + 8, i < frames ? 4711 : 4710);
    }
    return Files.write(folder.resolve("journal.db-wal"), bytes.array());
  }
}
