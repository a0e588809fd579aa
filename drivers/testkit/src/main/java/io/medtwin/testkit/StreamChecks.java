package io.medtwin.testkit;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations.Feature;
import io.medtwin.testkit.ScriptedByteWire.Ending;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import io.medtwin.testkit.Transcript.Turn;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rules for drivers of bytes. */
@SuppressWarnings("ReferenceEquality") // run ends with that very exception, not with one like it
final class StreamChecks extends Checks {

  private static final int NOISE_BYTES_MAX = 12;

  /** Most bytes of one transcript that one rule damages; beyond, a seeded choice of them. */
  private static final int PLACES_MAX = 100;

  /** The same where no checksum guards them, so that only D13 is at stake. */
  private static final int UNGUARDED_PLACES_MAX = 50;

  private static final byte[] ALL_BYTES = new byte[256];

  static {
    IntStream.range(0, ALL_BYTES.length).forEach(i -> ALL_BYTES[i] = (byte) i);
  }

  private final Set<ByteBuffer> declared = new HashSet<>();

  StreamChecks(Subject subject, Effort effort) {
    super(subject, effort);
    for (var conversation : subject.conversations()) {
      declared.addAll(requests(conversation));
    }
  }

  /** What is written in it. */
  static Set<ByteBuffer> requests(Conversation conversation) {
    var requests = new HashSet<ByteBuffer>();
    for (var turn : conversation.transcript().turns()) {
      if (turn instanceof ToDevice request) {
        requests.add(request.bytes());
      }
    }
    return requests;
  }

  @Override
  void conversation(Rule rule, Conversation conversation) {
    switch (rule) {
      case D2 -> givesItsReports(conversation);
      case D3 -> piecesDoNotMatter(conversation);
      case D4 -> noiseCostsItself(conversation);
      case D5 -> noBitErrorIsRead(conversation);
      case D6 -> namesAndUnits(conversation);
      case D8 -> theEndOfTheLinkEndsRun(conversation);
      case D9 -> silenceEndsRun(conversation);
      case D10 -> anInterruptEndsRun(conversation);
      case D11 -> declaredRequestsOnly(conversation);
      case D12 -> aCutFrameYieldsNothing(conversation);
      case D13 -> nonsenseIsNotThrown(conversation);
      case D15 -> aBlockedEmitHoldsEverything(conversation);
      case D17 -> aHalfOpenPeerEndsRun(conversation);
      default -> throw new IllegalArgumentException(rule + " speaks of no conversation");
    }
  }

  @Override
  List<String> lines(Conversation conversation) {
    return run(conversation).lines();
  }

  private void piecesDoNotMatter(Conversation conversation) {
    var whole = lines(conversation);
    if (!skips("byte-by-byte")) {
      var single = run(conversation, turns(conversation), StreamRun.BYTE_BY_BYTE);
      requireSame(Rule.D3, conversation, "byte-by-byte", whole, single.lines());
    }
    for (int seed = 0; seed < SEEDS; seed++) {
      var place = "seed-" + seed;
      if (!skips(place)) {
        var random = new SplittableRandom(seed);
        var run =
            run(
                conversation,
                turns(conversation),
                () -> 1 + random.nextInt(random.nextBoolean() ? 4 : 200));
        requireOrderly(run.end(), conversation, place);
        requireSame(Rule.D3, conversation, place, whole, run.lines());
      }
    }
  }

  private void noiseCostsItself(Conversation conversation) {
    var clean = run(conversation);
    for (int seed = 0; seed < SEEDS; seed++) {
      var place = "seed-" + seed;
      if (skips(place)) {
        continue;
      }
      var random = new SplittableRandom(seed);
      var alphabet = conversation.noise();
      var noisy = new ArrayList<Turn>();
      int noiseBytes = 0;
      for (var turn : turns(conversation)) {
        if (turn instanceof FromDevice) {
          var noise = noise(random, alphabet, NOISE_BYTES_MAX);
          noiseBytes += noise.length;
          noisy.add(new FromDevice(ByteBuffer.wrap(noise)));
        }
        noisy.add(turn);
      }
      var run = run(conversation, noisy, StreamRun.ALL_AT_ONCE);
      requireOrderly(run.end(), conversation, place);
      requireSame(Rule.D4, conversation, place, clean.lines(), run.lines());
      int counted = run.discardedBytes() - clean.discardedBytes();
      require(
          counted >= noiseBytes,
          Rule.D4,
          conversation,
          place,
          "of "
              + noiseBytes
              + " bytes of noise before frames "
              + counted
              + " were discarded with"
              + " their number");
    }
  }

  private void noBitErrorIsRead(Conversation conversation) {
    boolean checksummed = conversation.has(Feature.CHECKSUM);
    var right = new HashSet<>(lines(conversation));
    int most = checksummed ? PLACES_MAX : UNGUARDED_PLACES_MAX;
    for (var place : Damage.places(turns(conversation), most)) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        var where = "turn-" + place.turn() + "-byte-" + place.offset() + "-bit-" + bit;
        if (skips(where)) {
          continue;
        }
        var damaged = Damage.flipped(turns(conversation), place, bit);
        var run = run(conversation, damaged, StreamRun.ALL_AT_ONCE);
        requireOrderly(run.end(), conversation, where);
        for (var line : run.lines()) {
          require(
              !checksummed || right.contains(line),
              Rule.D5,
              conversation,
              where,
              "the flipped bit became: " + line);
        }
      }
    }
  }

  private void theEndOfTheLinkEndsRun(Conversation conversation) {
    var run = run(conversation);
    require(
        run.end() == null || run.end() instanceof EOFException,
        Rule.D8,
        conversation,
        "the-end",
        "the other side closed behind the last frame, and run ended with " + run.end());
    for (int read : moments(run.reads())) {
      var place = "read-" + read;
      if (!skips(place)) {
        var lost = new IOException("line lost");
        var end = run(conversation, wire(conversation).failingAt(read, lost)).end();
        require(
            end == lost,
            Rule.D8,
            conversation,
            place,
            "the link died there, and run ended with " + ended(end));
      }
    }
  }

  private void silenceEndsRun(Conversation conversation) {
    for (int kept : moments(turns(conversation).size() + 1)) {
      var place = "turn-" + kept;
      if (!skips(place)) {
        var heard = turns(conversation).subList(0, kept);
        var wire = new TranscriptWire(heard, heard, StreamRun.ALL_AT_ONCE, Ending.SILENT);
        requireSilenceEnds(Rule.D9, conversation, place, run(conversation, wire).end());
      }
    }
  }

  private static void requireSilenceEnds(
      Rule rule, Conversation conversation, String place, @Nullable Throwable end) {
    require(
        end instanceof SilenceException || end instanceof DeviceException,
        rule,
        conversation,
        place,
        "nothing came any more, and run ended with "
            + ended(end)
            + " instead of SilenceException or DeviceException");
  }

  private void anInterruptEndsRun(Conversation conversation) {
    for (int read : moments(run(conversation).reads())) {
      var place = "read-" + read;
      if (!skips(place)) {
        var wire = wire(conversation).failingAt(read, new InterruptedException());
        var end = run(conversation, wire).end();
        require(
            end instanceof InterruptedException,
            Rule.D10,
            conversation,
            place,
            "it was interrupted there, and run ended with " + ended(end));
      }
    }
  }

  private void declaredRequestsOnly(Conversation conversation) {
    requireDeclared(conversation, "as-it-is", run(conversation));
    for (int seed = 0; seed < SEEDS; seed++) {
      var place = "seed-" + seed;
      if (!skips(place)) {
        var alphabet = conversation.noise();
        var run = run(conversation, nonsenseWire(conversation, seed, alphabet));
        requireOrderly(run.end(), conversation, place);
        requireDeclared(conversation, place, run);
      }
    }
  }

  private void requireDeclared(Conversation conversation, String place, StreamRun run) {
    for (var request : run.written()) {
      require(
          declared.contains(request) || conversation.declarations().mayWrite(request),
          Rule.D11,
          conversation,
          place,
          "the driver wrote " + hex(request) + ", which no transcript and no declaration lists");
    }
  }

  /** D12. */
  private void aCutFrameYieldsNothing(Conversation conversation) {
    if (!conversation.has(Feature.TRUNCATION_MARKS)) {
      return;
    }
    int last = Damage.lastFrame(turns(conversation));
    int length = Damage.frame(turns(conversation), last).remaining();
    int ending = conversation.declarations().frameEndsBehind(conversation.transcript().name());
    var without = cut(conversation, last, 0).lines();
    var ended = ending == 0 ? without : cut(conversation, last, ending).lines();
    for (int kept = 1; kept < length; kept++) {
      var place = "byte-" + kept;
      if (!skips(place)) {
        requireSame(
            Rule.D12,
            conversation,
            place,
            kept < ending ? without : ended,
            cut(conversation, last, kept).lines());
      }
    }
  }

  private void nonsenseIsNotThrown(Conversation conversation) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var place = "seed-" + seed;
      if (!skips(place)) {
        var run = run(conversation, nonsenseWire(conversation, seed, ALL_BYTES));
        requireOrderly(run.end(), conversation, place);
      }
    }
  }

  private void aBlockedEmitHoldsEverything(Conversation conversation) {
    int reports = lines(conversation).size();
    for (int report : moments(reports)) {
      var place = "report-" + report;
      if (!skips(place)) {
        var wire = wire(conversation);
        var session = new Gate(conversation.transcript().settings(), wire.time(), report);
        session.atTheGate(() -> wire.reads() + wire.written().size());
        var run = StreamRun.of(stream(), conversation, wire, session);
        session.requireHeld(conversation, place, run.end(), wire.reads() + wire.written().size());
      }
    }
  }

  private void aHalfOpenPeerEndsRun(Conversation conversation) {
    int writes = run(conversation).written().size();
    for (int write : moments(writes)) {
      var place = "write-" + write;
      if (skips(place)) {
        continue;
      }
      var lost = new IOException("broken pipe");
      var end = run(conversation, wire(conversation).failingAtWrite(write, lost)).end();
      require(
          end == lost,
          Rule.D17,
          conversation,
          place,
          "the write failed, and run ended with " + ended(end) + " instead of that exception");
      var deaf =
          new TranscriptWire(
                  turns(conversation), turns(conversation), StreamRun.ALL_AT_ONCE, Ending.SILENT)
              .deafFrom(write);
      requireSilenceEnds(Rule.D17, conversation, place, run(conversation, deaf).end());
    }
  }

  private TranscriptWire nonsenseWire(Conversation conversation, int seed, byte[] alphabet) {
    var random = new SplittableRandom(seed);
    var nonsense = new ArrayList<Turn>();
    for (var turn : turns(conversation)) {
      nonsense.add(
          turn instanceof FromDevice
              ? new FromDevice(ByteBuffer.wrap(noise(random, alphabet, NOISE_BYTES_MAX)))
              : turn);
    }
    return new TranscriptWire(nonsense, nonsense, StreamRun.ALL_AT_ONCE, Ending.CLOSED);
  }

  private StreamRun cut(Conversation conversation, int turn, int kept) {
    var turns = new ArrayList<>(turns(conversation).subList(0, turn));
    turns.add(new FromDevice(Damage.frame(turns(conversation), turn).limit(kept)));
    return run(
        conversation, new TranscriptWire(turns, turns, StreamRun.ALL_AT_ONCE, Ending.CLOSED));
  }

  private StreamRun run(Conversation conversation) {
    return run(conversation, wire(conversation));
  }

  private StreamRun run(Conversation conversation, List<Turn> turns, IntSupplier pieceSize) {
    return run(
        conversation, new TranscriptWire(turns, turns(conversation), pieceSize, Ending.CLOSED));
  }

  private StreamRun run(Conversation conversation, TranscriptWire wire) {
    return StreamRun.of(
        stream(),
        conversation,
        wire,
        new RecordingSession(conversation.transcript().settings(), wire.time()));
  }

  private StreamDriver stream() {
    return (StreamDriver) driver();
  }

  private static TranscriptWire wire(Conversation conversation) {
    return new TranscriptWire(
        turns(conversation), turns(conversation), StreamRun.ALL_AT_ONCE, Ending.CLOSED);
  }

  private static List<Turn> turns(Conversation conversation) {
    return conversation.transcript().turns();
  }

  static String ended(@Nullable Throwable end) {
    return end == null ? "a return" : end.toString();
  }

  static String hex(ByteBuffer request) {
    var bytes = new byte[request.remaining()];
    request.duplicate().get(bytes);
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
