package io.medtwin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.SilenceException;
import io.medtwin.testkit.Transcript.Arrival;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What every {@link MessageDriver} keeps, as numbered rules; rules of the same number mean the same
 * as in {@link StreamDriverContract}. Transcripts send messages ({@code message} and {@code <}
 * lines); after the reports they list what the driver refuses ({@code = refused MALFORMED}).
 *
 * <p>All damage is seeded, so a run is the same each time. Beside the rules that have a test of
 * their own, every damaged run keeps <b>D13</b>: nonsense is refused or discarded, never thrown.
 */
public abstract class MessageDriverContract {

  private static final Duration PROMPTLY = Duration.ofSeconds(60);
  private static final int SEEDS = 20;
  private static final int SILENCES = 3;

  /** Most cuts of one message; beyond, they are spread evenly. */
  private static final int CUTS_MAX = 200;

  /** A payload larger than any driver needs to read: 1 MiB. */
  private static final int HUGE_BYTES = 1 << 20;

  /** A new instance of the driver under test. */
  protected abstract MessageDriver driver();

  /** Conversations with the device or hub, at least one. */
  protected abstract Stream<Transcript> transcripts();

  /** Whether the protocol has marks for "no value" (D7). */
  protected boolean marksMissingValues() {
    return true;
  }

  /**
   * Whether a cut payload can be told from a whole one (D12): true for JSON, HL7 and formats with a
   * length; a driver of one that cannot overrides this.
   */
  protected boolean showsTruncation() {
    return true;
  }

  /**
   * Whether silence ends a session (D9). A driver of a hub that may rightly have nothing to say for
   * hours overrides this and keeps listening.
   */
  protected boolean endsOnSilence() {
    return true;
  }

  /** Whether the driver may send this message of its own, or answer with it (D11). */
  protected boolean maySend(Message message) {
    return false;
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
            assertThat(play(transcript).lines())
                .as("D2: reports of transcript %s", transcript.name())
                .containsExactlyElementsOf(transcript.expected());
          }
        });
  }

  @Test
  @DisplayName("D4: a message that makes no sense costs only itself, and is refused or counted")
  public final void d04NonsenseCostsOnlyItself() {
    forEachTranscript(
        transcript -> {
          var clean = play(transcript);
          var messages = messages(transcript);
          for (int seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var noisy = new ArrayList<Message>();
            for (var message : messages) {
              noisy.add(withPayload(message, noise(random)));
              noisy.add(message);
            }
            var run = MessageRun.of(driver(), transcript, noisy, new EOFException());
            var how = transcript.name() + " with a nonsense message of seed " + seed;
            run.requireOrderlyEnd(how);
            assertThat(reports(run))
                .as("D4: %s before each message", how)
                .isEqualTo(reports(clean));
            assertThat(run.refused() > clean.refused() || !run.discards().equals(clean.discards()))
                .as("D4: %s: it is refused or counted, not lost in silence", how)
                .isTrue();
          }
        });
  }

  @Test
  @DisplayName("D6: every reading has a name of the right form and every number its unit")
  public final void d06EveryNumberHasAUnit() {
    forEachTranscript(
        transcript ->
            DriverRules.readingsAreNamedAndEveryNumberHasAUnit(
                transcript.name(), play(transcript).lines()));
  }

  @Test
  @DisplayName("D7: the device's marks for a missing value become Absent, never a number")
  public final void d07MarksForMissingValuesBecomeAbsent() {
    if (marksMissingValues()) {
      DriverRules.someTranscriptShowsAMissingValue(
          transcripts().map(transcript -> play(transcript).lines()).toList());
    }
  }

  @Test
  @DisplayName("D8: when the other side closes, or the link dies, run ends with that exception")
  public final void d08TheEndOfTheLinkEndsRun() {
    forEachTranscript(
        transcript ->
            forEachStart(
                transcript,
                heard -> {
                  for (var lost : List.of(new EOFException(), new IOException("link lost"))) {
                    assertThat(MessageRun.of(driver(), transcript, heard, lost).end())
                        .as("D8: %s, %s behind message %s", transcript.name(), lost, heard.size())
                        .isSameAs(lost);
                  }
                }));
  }

  @Test
  @DisplayName("D9: a device that falls silent ends run with SilenceException or DeviceException")
  public final void d09SilenceEndsRun() {
    if (!endsOnSilence()) {
      forEachTranscript(this::keepsListening);
      return;
    }
    forEachTranscript(
        transcript ->
            forEachStart(
                transcript,
                heard -> {
                  var silence = new SilenceException(Duration.ofSeconds(1));
                  assertThat(MessageRun.of(driver(), transcript, heard, silence).end())
                      .as("D9: %s, silent behind message %s", transcript.name(), heard.size())
                      .isInstanceOfAny(SilenceException.class, DeviceException.class);
                }));
  }

  @Test
  @DisplayName("D10: an interrupt ends run at once with InterruptedException")
  public final void d10AnInterruptEndsRun() {
    forEachTranscript(
        transcript ->
            forEachStart(
                transcript,
                heard ->
                    assertThat(
                            MessageRun.of(driver(), transcript, heard, new InterruptedException())
                                .end())
                        .as(
                            "D10: %s, interrupted behind message %s",
                            transcript.name(), heard.size())
                        .isInstanceOf(InterruptedException.class)));
  }

  @Test
  @DisplayName("D11: the driver sends declared messages only")
  public final void d11TheDriverSendsDeclaredMessagesOnly() {
    forEachTranscript(
        transcript -> {
          for (var message : play(transcript).sent()) {
            assertThat(maySend(message))
                .as("D11: %s: the driver sent %s, which is declared", transcript.name(), message)
                .isTrue();
          }
        });
  }

  @Test
  @DisplayName("D12: a truncated message yields nothing that the whole one does not say")
  public final void d12ATruncatedMessageYieldsNothingWrong() {
    forEachTranscript(
        transcript -> {
          var right = new HashSet<>(play(transcript).lines());
          for (var message : messages(transcript)) {
            int length = message.payload().remaining();
            int step = 1 + length / CUTS_MAX;
            for (int kept = 0; kept < length; kept += step) {
              var cut = withPayload(message, message.payload().slice().limit(kept));
              var run = MessageRun.of(driver(), transcript, List.of(cut), new EOFException());
              var how =
                  "%s, a message for %s cut behind byte %d of %d"
                      .formatted(transcript.name(), message.address(), kept, length);
              run.requireOrderlyEnd(how);
              for (var line : reports(run)) {
                if (showsTruncation() && !right.contains(line)) {
                  fail("D12: " + how + " said: " + line);
                }
              }
            }
          }
        });
  }

  @Test
  @DisplayName("D14: a message of 1 MiB of nonsense is refused or counted, and costs only itself")
  public final void d14AHugeMessageCostsOnlyItself() {
    forEachTranscript(
        transcript -> {
          var clean = play(transcript);
          var messages = messages(transcript);
          for (byte fill : new byte[] {0, '[', '{', '9', -1}) {
            var bytes = new byte[HUGE_BYTES];
            Arrays.fill(bytes, fill);
            var all = new ArrayList<>(messages);
            all.add(0, withPayload(messages.get(0), ByteBuffer.wrap(bytes)));
            var run = MessageRun.of(driver(), transcript, all, new EOFException());
            var how = transcript.name() + " behind 1 MiB of byte " + fill;
            run.requireOrderlyEnd(how);
            assertThat(reports(run)).as("D14: %s", how).isEqualTo(reports(clean));
          }
        });
  }

  private void keepsListening(Transcript transcript) {
    forEachStart(
        transcript,
        heard -> {
          var closed = new EOFException();
          assertThat(MessageRun.of(driver(), transcript, heard, closed, SILENCES).end())
              .as(
                  "D9: %s, %s silences behind message %s, then the other side closed",
                  transcript.name(), SILENCES, heard.size())
              .isSameAs(closed);
        });
  }

  private interface TranscriptRule {
    void check(Transcript transcript);
  }

  private interface StartRule {
    void check(List<Message> heard);
  }

  private void forEachTranscript(TranscriptRule rule) {
    var all = transcripts().toList();
    assertThat(all).as("a driver shows at least one conversation").isNotEmpty();
    Executable checks = () -> all.forEach(rule::check);
    assertTimeoutPreemptively(PROMPTLY, checks, "the driver does not end by itself");
  }

  private static void forEachStart(Transcript transcript, StartRule rule) {
    var messages = messages(transcript);
    for (int kept = 0; kept <= messages.size(); kept++) {
      rule.check(messages.subList(0, kept));
    }
  }

  private MessageRun play(Transcript transcript) {
    return MessageRun.of(driver(), transcript, messages(transcript), new EOFException());
  }

  private static List<Message> messages(Transcript transcript) {
    var messages = new ArrayList<Message>();
    for (var turn : transcript.turns()) {
      if (turn instanceof Arrival arrival) {
        messages.add(arrival.message());
      }
    }
    assertThat(messages).as("%s sends a message", transcript.name()).isNotEmpty();
    return messages;
  }

  private static List<String> reports(MessageRun run) {
    return run.lines().stream().filter(line -> !line.startsWith("refused ")).toList();
  }

  private static Message withPayload(Message message, ByteBuffer payload) {
    return new Message(
        message.address(), message.device(), message.contentType(), message.attributes(), payload);
  }

  /** Bytes that are no text, so that no text format takes them for content. */
  private static ByteBuffer noise(SplittableRandom random) {
    var noise = new byte[1 + random.nextInt(40)];
    random.nextBytes(noise);
    noise[0] = (byte) 0xFF;
    return ByteBuffer.wrap(noise);
  }
}
