package io.medtwin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.ScriptedByteWire.Ending;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import io.medtwin.testkit.Transcript.Turn;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What every {@link StreamDriver} keeps, as numbered rules. A maker's test extends it, names the
 * driver and gives transcripts; a failure names the rule, the transcript, and the seed or the place
 * that shows it again.
 *
 * <pre>{@code
 * class PulseOximeterDriverTest extends StreamDriverContract {
 *   protected StreamDriver driver() { return new PulseOximeterDriver(); }
 *   protected Stream<Transcript> transcripts() { return Transcript.in("pulse-oximeter"); }
 * }
 * }</pre>
 *
 * All damage is seeded, so a run is the same each time. Beside the rules that have a test of their
 * own, every damaged run keeps <b>D13</b>: run ends by returning, or with an {@link IOException} or
 * {@link InterruptedException}; nonsense from a device is discarded, never thrown.
 */
public abstract class StreamDriverContract {

  private static final Duration PROMPTLY = Duration.ofSeconds(60);
  private static final int SEEDS = 20;
  private static final int NOISE_BYTES_MAX = 12;

  /** Most bytes of one transcript that one rule damages; beyond, a seeded choice of them. */
  private static final int PLACES_MAX = 100;

  /** The same where no checksum guards them, so that only D13 is at stake. */
  private static final int UNGUARDED_PLACES_MAX = 50;

  /** A new instance of the driver under test. */
  protected abstract StreamDriver driver();

  /** Conversations with the device, at least one. */
  protected abstract Stream<Transcript> transcripts();

  /**
   * Whether a checksum guards every frame (D5). A driver of a protocol without one overrides this,
   * and its documentation says what a flipped bit can do.
   */
  protected boolean checksummed() {
    return true;
  }

  /** Whether the protocol has marks for "no value" (D7). */
  protected boolean marksMissingValues() {
    return true;
  }

  /**
   * Bytes that noise is made of (D4): all, unless the protocol has no checksum and a run of such
   * bytes would be a valid frame.
   */
  protected byte[] noiseBytes() {
    var all = new byte[256];
    IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
    return all;
  }

  /**
   * First bytes of a frame that end the one before it (D12), where the protocol closes a frame only
   * by the start of the next; 0 where a frame ends by itself.
   */
  protected int bytesThatEndTheFrameBefore() {
    return 0;
  }

  /** Requests the driver may write beside those that the transcripts show (D11). */
  protected Set<ByteBuffer> declaredRequests() {
    return Set.of();
  }

  @Test
  @DisplayName("D1: the descriptor is valid and stable, and the driver can be found")
  public final void d01DescriptorIsValidAndStable() {
    DriverRules.descriptorIsValidAndStable(driver(), driver());
    DriverRules.isFoundByTheServiceLoader(driver());
  }

  @Test
  @DisplayName("D2: a conversation gives the reports its transcript lists, twice in a row")
  public final void d02AConversationGivesItsReports() {
    forEachTranscript(
        transcript -> {
          for (int i = 0; i < 2; i++) {
            assertThat(StreamRun.of(driver(), transcript).lines())
                .as("D2: reports of transcript %s", transcript.name())
                .containsExactlyElementsOf(transcript.expected());
          }
        });
  }

  @Test
  @DisplayName("D3: readings do not depend on how bytes arrive")
  public final void d03ReadingsDoNotDependOnHowBytesArrive() {
    forEachTranscript(
        transcript -> {
          var whole = StreamRun.of(driver(), transcript).lines();
          var single =
              StreamRun.of(
                  driver(), transcript, transcript.turns(), StreamRun.BYTE_BY_BYTE, Ending.CLOSED);
          assertThat(single.lines())
              .as("D3: %s byte by byte gives what it gives at once", transcript.name())
              .isEqualTo(whole);
          for (int seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var split =
                StreamRun.of(
                    driver(),
                    transcript,
                    transcript.turns(),
                    () -> 1 + random.nextInt(random.nextBoolean() ? 4 : 200),
                    Ending.CLOSED);
            split.requireOrderlyEnd(transcript.name() + " in random pieces of seed " + seed);
            assertThat(split.lines())
                .as("D3: %s in random pieces of seed %s", transcript.name(), seed)
                .isEqualTo(whole);
          }
        });
  }

  @Test
  @DisplayName("D4: noise before and between frames costs only the noise, and is counted")
  public final void d04NoiseCostsOnlyTheNoise() {
    forEachTranscript(
        transcript -> {
          var clean = StreamRun.of(driver(), transcript);
          for (int seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var noisy = new ArrayList<Turn>();
            int noiseBytes = 0;
            for (var turn : transcript.turns()) {
              if (turn instanceof FromDevice) {
                var noise = noise(random);
                noiseBytes += noise.remaining();
                noisy.add(new FromDevice(noise));
              }
              noisy.add(turn);
            }
            var run =
                StreamRun.of(driver(), transcript, noisy, StreamRun.ALL_AT_ONCE, Ending.CLOSED);
            run.requireOrderlyEnd(transcript.name() + " with noise of seed " + seed);
            assertThat(run.lines())
                .as("D4: %s with noise of seed %s before each frame", transcript.name(), seed)
                .isEqualTo(clean.lines());
            assertThat(run.discardedBytes() - clean.discardedBytes())
                .as("D4: %s, seed %s: discarded bytes count the noise", transcript.name(), seed)
                .isGreaterThanOrEqualTo(noiseBytes);
          }
        });
  }

  @Test
  @DisplayName("D5: no single-bit error in a checksummed frame becomes a wrong reading")
  public final void d05NoSingleBitErrorBecomesAWrongReading() {
    forEachTranscript(
        transcript -> {
          var right = new HashSet<>(StreamRun.of(driver(), transcript).lines());
          for (var place :
              Damage.places(
                  transcript.turns(), checksummed() ? PLACES_MAX : UNGUARDED_PLACES_MAX)) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
              var damaged = Damage.flipped(transcript.turns(), place, bit);
              var run =
                  StreamRun.of(driver(), transcript, damaged, StreamRun.ALL_AT_ONCE, Ending.CLOSED);
              var how =
                  transcript.name()
                      + " with bit %d flipped in byte %d of turn %d"
                          .formatted(bit, place.offset(), place.turn());
              run.requireOrderlyEnd(how);
              for (var line : run.lines()) {
                if (checksummed() && !right.contains(line)) {
                  fail("D5: " + how + " said: " + line);
                }
              }
            }
          }
        });
  }

  @Test
  @DisplayName("D6: every reading has a name of the right form and every number its unit")
  public final void d06EveryNumberHasAUnit() {
    forEachTranscript(
        transcript ->
            DriverRules.readingsAreNamedAndEveryNumberHasAUnit(
                transcript.name(), StreamRun.of(driver(), transcript).lines()));
  }

  @Test
  @DisplayName("D7: the device's marks for a missing value become Absent, never a number")
  public final void d07MarksForMissingValuesBecomeAbsent() {
    if (marksMissingValues()) {
      DriverRules.someTranscriptShowsAMissingValue(
          transcripts().map(transcript -> StreamRun.of(driver(), transcript).lines()).toList());
    }
  }

  @Test
  @DisplayName("D8: when the other side closes, or the link dies, run ends with that exception")
  public final void d08TheEndOfTheLinkEndsRun() {
    forEachTranscript(
        transcript -> {
          var run = StreamRun.of(driver(), transcript);
          if (run.end() != null) {
            assertThat(run.end())
                .as("D8: %s, the other side closed behind the last frame", transcript.name())
                .isInstanceOf(EOFException.class);
          }
          for (int read = 0; read < run.reads(); read++) {
            var lost = new IOException("line lost");
            assertThat(failing(transcript, read, lost).end())
                .as("D8: %s, the link dies at read %s", transcript.name(), read)
                .isSameAs(lost);
          }
        });
  }

  @Test
  @DisplayName("D9: a device that falls silent ends run with SilenceException or DeviceException")
  public final void d09SilenceEndsRun() {
    forEachTranscript(
        transcript -> {
          for (int kept = 0; kept <= transcript.turns().size(); kept++) {
            var heard = transcript.turns().subList(0, kept);
            var wire = new TranscriptWire(heard, heard, StreamRun.ALL_AT_ONCE, Ending.SILENT);
            var run = StreamRun.of(driver(), transcript, wire);
            assertThat(run.end())
                .as("D9: %s, silent behind turn %s", transcript.name(), kept)
                .isInstanceOfAny(SilenceException.class, DeviceException.class);
          }
        });
  }

  @Test
  @DisplayName("D10: an interrupt ends run at once with InterruptedException")
  public final void d10AnInterruptEndsRun() {
    forEachTranscript(
        transcript -> {
          int reads = StreamRun.of(driver(), transcript).reads();
          for (int read = 0; read < reads; read++) {
            assertThat(failing(transcript, read, new InterruptedException()).end())
                .as("D10: %s, interrupted at read %s", transcript.name(), read)
                .isInstanceOf(InterruptedException.class);
          }
        });
  }

  @Test
  @DisplayName("D11: the driver writes declared requests only, whatever the device sends")
  public final void d11TheDriverWritesDeclaredRequestsOnly() {
    var declared = new HashSet<>(declaredRequests());
    transcripts()
        .flatMap(transcript -> transcript.turns().stream())
        .forEach(
            turn -> {
              if (turn instanceof ToDevice request) {
                declared.add(request.bytes());
              }
            });
    forEachTranscript(
        transcript -> {
          requireDeclared(declared, transcript, "as it is", StreamRun.of(driver(), transcript));
          for (int seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var nonsense = new ArrayList<Turn>();
            for (var turn : transcript.turns()) {
              nonsense.add(turn instanceof FromDevice ? new FromDevice(noise(random)) : turn);
            }
            var wire = new TranscriptWire(nonsense, nonsense, StreamRun.ALL_AT_ONCE, Ending.CLOSED);
            var run = StreamRun.of(driver(), transcript, wire);
            run.requireOrderlyEnd(transcript.name() + " made noise of seed " + seed);
            requireDeclared(declared, transcript, "answered by noise of seed " + seed, run);
          }
        });
  }

  @Test
  @DisplayName("D12: a truncated last frame yields nothing")
  public final void d12ATruncatedLastFrameYieldsNothing() {
    forEachTranscript(
        transcript -> {
          int last = Damage.lastFrame(transcript.turns());
          int length = Damage.frame(transcript.turns(), last).remaining();
          int ending = bytesThatEndTheFrameBefore();
          var without = cut(transcript, last, 0).lines();
          var ended = ending == 0 ? without : cut(transcript, last, ending).lines();
          for (int kept = 1; kept < length; kept++) {
            assertThat(cut(transcript, last, kept).lines())
                .as(
                    "D12: %s, the last frame cut behind byte %s of %s",
                    transcript.name(), kept, length)
                .isEqualTo(kept < ending ? without : ended);
          }
        });
  }

  private interface TranscriptRule {
    void check(Transcript transcript);
  }

  private void forEachTranscript(TranscriptRule rule) {
    var all = transcripts().toList();
    assertThat(all).as("a driver shows at least one conversation").isNotEmpty();
    Executable checks = () -> all.forEach(rule::check);
    assertTimeoutPreemptively(PROMPTLY, checks, "the driver does not end by itself");
  }

  private StreamRun failing(Transcript transcript, int read, Exception exception) {
    var wire =
        new TranscriptWire(
            transcript.turns(), transcript.turns(), StreamRun.ALL_AT_ONCE, Ending.CLOSED);
    return StreamRun.of(driver(), transcript, wire.failingAt(read, exception));
  }

  private StreamRun cut(Transcript transcript, int turn, int kept) {
    var turns = new ArrayList<>(transcript.turns().subList(0, turn));
    turns.add(new FromDevice(Damage.frame(transcript.turns(), turn).limit(kept)));
    return StreamRun.of(
        driver(),
        transcript,
        new TranscriptWire(turns, turns, StreamRun.ALL_AT_ONCE, Ending.CLOSED));
  }

  private static void requireDeclared(
      Set<ByteBuffer> declared, Transcript transcript, String how, StreamRun run) {
    for (var request : run.written()) {
      if (!declared.contains(request)) {
        var bytes = new byte[request.remaining()];
        request.duplicate().get(bytes);
        fail(
            "D11: %s %s: the driver wrote %s, which no transcript and no declaration lists",
            transcript.name(), how, HexFormat.ofDelimiter(" ").formatHex(bytes));
      }
    }
  }

  private ByteBuffer noise(SplittableRandom random) {
    var alphabet = noiseBytes();
    var noise = new byte[1 + random.nextInt(NOISE_BYTES_MAX)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = alphabet[random.nextInt(alphabet.length)];
    }
    return ByteBuffer.wrap(noise);
  }
}
