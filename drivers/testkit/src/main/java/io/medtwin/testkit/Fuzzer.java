package io.medtwin.testkit;

import io.medtwin.spi.Absent;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations.Feature;
import io.medtwin.testkit.ScriptedByteWire.Ending;
import io.medtwin.testkit.Transcript.Arrival;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.Turn;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Conversations, damaged over and over, the same each time for the same seed. What makes the driver
 * say, refuse, discard or throw something it did not before is kept and damaged further; that needs
 * no instrumented code. Used by one thread at a time.
 */
final class Fuzzer {

  /** Damaged conversations that are kept; beyond, a new one takes the place of another. */
  private static final int KEPT_MAX = 256;

  /** Things said that are told apart; beyond, nothing is new any more. */
  private static final int SHAPES_MAX = 20_000;

  /** Frames or messages of one run, where nothing is asked for. */
  private static final int WINDOW = 8;

  /** A damaged conversation is not damaged further when it has this many turns. */
  private static final int TURNS_MAX = 400;

  private static final int MUTATIONS_A_RUN = 4;

  /**
   * Reports of one run beyond which a driver talks without being spoken to, and how many more for
   * each byte it got.
   */
  private static final int REPORTS_BASE = 2_000;

  private static final int REPORTS_A_BYTE = 16;

  /** A run that takes longer is taken not to end. */
  private static final long RUN_MILLIS_MAX = 20_000;

  /** A parameter nobody foresaw has the device's own name, in whatever letters. */
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,400}");

  private static final int SHOWN_CHARACTERS = 4_000;

  private final Rule rule;
  private final Subject subject;
  private final long seed;
  private final SplittableRandom random;
  private final Mutation mutation;
  private final List<Input> originals = new ArrayList<>();
  private final List<Input> kept = new ArrayList<>();
  private final Set<String> shapes = new HashSet<>();
  private final IdentityHashMap<Conversation, Set<String>> right = new IdentityHashMap<>();
  private final Set<ByteBuffer> mayWrite = new HashSet<>();
  private volatile long runs;
  private volatile long mutations;
  private volatile @Nullable RuleBroken finding;
  private volatile List<Turn> running = List.of();

  /** Turns of a conversation, damaged or not. */
  private record Input(Conversation conversation, List<Turn> turns) {}

  Fuzzer(Rule rule, Subject subject, long seed) {
    this.rule = rule;
    this.subject = subject;
    this.seed = seed;
    random = new SplittableRandom(seed);
    mutation = new Mutation(random);
    for (var conversation : subject.conversations()) {
      originals.add(new Input(conversation, conversation.transcript().turns()));
      mayWrite.addAll(StreamChecks.requests(conversation));
    }
  }

  /** Runs until something is found or that many mutations are done. */
  FuzzResult run(long most, Consumer<FuzzResult> progress) {
    long start = System.nanoTime();
    var worker = new Thread(() -> work(most), "mutations");
    worker.setDaemon(true);
    worker.start();
    long seenRuns = -1;
    long seenAt = start;
    try {
      while (worker.isAlive() && finding == null) {
        worker.join(500);
        long now = System.nanoTime();
        if (runs != seenRuns) {
          seenRuns = runs;
          seenAt = now;
          progress.accept(result(start));
        } else if (now - seenAt > RUN_MILLIS_MAX * 1_000_000 && worker.isAlive()) {
          found(running, "one run did not end within " + RUN_MILLIS_MAX / 1000 + " s", null);
          worker.interrupt();
          break;
        }
      }
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
    }
    return result(start);
  }

  private FuzzResult result(long start) {
    return new FuzzResult(
        seed, mutations, runs, shapes.size(), (System.nanoTime() - start) / 1e9, finding);
  }

  private void work(long most) {
    boolean isOfBytes = subject.kind() == Rule.Kind.STREAM;
    while (mutations < most && finding == null && !Thread.currentThread().isInterrupted()) {
      var input = pick();
      int count = random.nextBoolean() ? 1 : 1 + random.nextInt(MUTATIONS_A_RUN);
      if (random.nextInt(16) == 0 && isOfBytes) {
        flipped(originals.get(random.nextInt(originals.size())));
        mutated(1);
      } else {
        var turns = new ArrayList<>(window(input));
        for (int i = 0; i < count; i++) {
          damage(turns);
        }
        execute(new Input(input.conversation(), turns));
        mutated(count);
      }
      ran();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // the worker alone writes, others look on
  private void mutated(int count) {
    mutations += count;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void ran() {
    runs++;
  }

  private Input pick() {
    int at = random.nextInt(originals.size() + kept.size());
    return at < originals.size() ? originals.get(at) : kept.get(at - originals.size());
  }

  /** Where nothing is asked for, some turns in a row stand for themselves. */
  private List<Turn> window(Input input) {
    var turns = input.turns();
    boolean polled = turns.stream().anyMatch(Transcript.ToDevice.class::isInstance);
    if (polled || turns.size() <= WINDOW || random.nextInt(64) == 0) {
      return turns;
    }
    int from = random.nextInt(turns.size() - WINDOW + 1);
    return turns.subList(from, from + 1 + random.nextInt(WINDOW));
  }

  /** One bit of a whole conversation: where a checksum guards it nothing wrong is said (D5). */
  private void flipped(Input whole) {
    var conversation = whole.conversation();
    var places = new ArrayList<Integer>();
    for (int i = 0; i < whole.turns().size(); i++) {
      if (whole.turns().get(i) instanceof FromDevice) {
        places.add(i);
      }
    }
    if (places.isEmpty()) {
      return;
    }
    int turn = places.get(random.nextInt(places.size()));
    int length = Damage.frame(whole.turns(), turn).remaining();
    var place = new Damage.Place(turn, random.nextInt(length));
    var turns = Damage.flipped(whole.turns(), place, random.nextInt(Byte.SIZE));
    var wire =
        new TranscriptWire(
            turns, conversation.transcript().turns(), StreamRun.ALL_AT_ONCE, Ending.CLOSED);
    running = turns;
    var run = record(conversation, wire);
    if (!Checks.isOrderly(run.end())) {
      found(turns, "the driver threw " + run.end(), run.end());
    } else if (conversation.has(Feature.CHECKSUM)) {
      var lines =
          right.computeIfAbsent(
              conversation,
              one ->
                  new HashSet<>(
                      record(
                              one,
                              new TranscriptWire(
                                  one.transcript().turns(),
                                  one.transcript().turns(),
                                  StreamRun.ALL_AT_ONCE,
                                  Ending.CLOSED))
                          .lines()));
      for (var line : run.lines()) {
        if (!lines.contains(line)) {
          found(turns, "one flipped bit became: " + line, null);
        }
      }
    }
  }

  private StreamRun record(Conversation conversation, TranscriptWire wire) {
    return StreamRun.of(
        (StreamDriver) subject.maker().get(),
        conversation,
        wire,
        new RecordingSession(conversation.transcript().settings(), wire.time()));
  }

  /** One damage of one turn, or of their order. */
  private void damage(List<Turn> turns) {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < turns.size(); i++) {
      if (!(turns.get(i) instanceof Transcript.ToDevice)) {
        places.add(i);
      }
    }
    if (places.isEmpty()) {
      return;
    }
    int at = places.get(random.nextInt(places.size()));
    switch (random.nextInt(12)) {
      case 0 -> turns.add(at, turns.get(at));
      case 1 -> Collections.swap(turns, at, places.get(random.nextInt(places.size())));
      case 2 -> turns.remove(at);
      case 3 -> turns.add(at, strange(turns.get(at)));
      default -> turns.set(at, damaged(turns.get(at)));
    }
    if (turns.size() > TURNS_MAX) {
      turns.remove(at);
    }
  }

  /** A frame or message of another conversation. */
  private Turn strange(Turn instead) {
    var other = originals.get(random.nextInt(originals.size())).turns();
    var turn = other.get(random.nextInt(other.size()));
    return turn.getClass() == instead.getClass() ? turn : instead;
  }

  private Turn damaged(Turn turn) {
    var others = bytes(strange(turn));
    if (turn instanceof FromDevice frame) {
      return new FromDevice(ByteBuffer.wrap(mutation.of(bytes(frame), others)));
    }
    if (turn instanceof Arrival arrival) {
      var message = arrival.message();
      if (random.nextInt(12) == 0) {
        return new Arrival(otherHead(message));
      }
      var payload = mutation.of(message.bytes(), others);
      return new Arrival(MessageChecks.withPayload(message, ByteBuffer.wrap(payload)));
    }
    return turn;
  }

  private Message otherHead(Message message) {
    var attributes = new TreeMap<>(message.attributes());
    if (!attributes.isEmpty()) {
      var names = new ArrayList<>(attributes.keySet());
      var name = names.get(random.nextInt(names.size()));
      if (random.nextBoolean()) {
        attributes.remove(name);
      } else {
        attributes.put(name, "other");
      }
    }
    return new Message(
        random.nextInt(4) == 0 ? "other/" + random.nextInt(8) : message.address(),
        random.nextInt(3) == 0 ? null : message.device(),
        random.nextInt(3) == 0 ? "text/plain" : message.contentType(),
        attributes,
        message.payload());
  }

  private static byte[] bytes(Turn turn) {
    if (turn instanceof FromDevice frame) {
      var bytes = new byte[frame.bytes().remaining()];
      frame.bytes().get(bytes);
      return bytes;
    }
    return turn instanceof Arrival arrival ? arrival.message().bytes() : new byte[0];
  }

  private void execute(Input input) {
    running = input.turns();
    var driver = subject.maker().get();
    var conversation = input.conversation();
    var wire =
        new TranscriptWire(
            input.turns(), conversation.transcript().turns(), StreamRun.ALL_AT_ONCE, Ending.CLOSED);
    long arrived = arrived(input.turns());
    var ear =
        new Ear(
            input, wire.time(), driver instanceof StreamDriver ? wire::bytesRead : () -> arrived);
    Throwable end;
    try {
      if (driver instanceof StreamDriver stream) {
        end = StreamRun.of(stream, conversation, wire, ear).end();
        for (var request : wire.written()) {
          if (!mayWrite.contains(request) && !conversation.declarations().mayWrite(request)) {
            found(input.turns(), "the driver wrote " + StreamChecks.hex(request), null);
          }
        }
      } else {
        end = messages((MessageDriver) driver, input, ear);
      }
    } catch (RuleBroken | OutOfMemoryError e) {
      end = e;
    }
    ear.shape("end " + (end == null ? "" : end.getClass().getSimpleName()));
    if (!Checks.isOrderly(end)) {
      found(input.turns(), "the driver threw " + end, end);
    }
    if (ear.wrong != null) {
      found(input.turns(), ear.wrong, null);
    }
    if (ear.isNew) {
      keep(input);
    }
  }

  /** Bytes of all messages. */
  private static long arrived(List<Turn> turns) {
    long bytes = 0;
    for (var turn : turns) {
      bytes += turn instanceof Arrival arrival ? arrival.message().payload().remaining() : 0;
    }
    return bytes;
  }

  private @Nullable Throwable messages(MessageDriver driver, Input input, Ear ear) {
    var messages = new ArrayList<Message>();
    for (var turn : input.turns()) {
      if (turn instanceof Arrival arrival) {
        messages.add(arrival.message());
      }
    }
    var link =
        new ScriptedMessageLink(Subject.link(driver, input.conversation(), LinkKind.MQTT), messages)
            .in(ear.time)
            .endingWith(new EOFException());
    var end = MessageRun.ending(driver, link, ear);
    link.refusals().forEach(refusal -> ear.shape("refused " + refusal.kind()));
    var sent = new ArrayList<>(link.sent());
    sent.addAll(link.replies());
    for (var message : sent) {
      if (!input.conversation().declarations().maySend(message.bytes())) {
        found(input.turns(), "the driver sent " + message, null);
      }
    }
    return end;
  }

  private void keep(Input input) {
    if (input.turns().isEmpty()) {
      return;
    }
    var copy = new Input(input.conversation(), List.copyOf(input.turns()));
    if (kept.size() < KEPT_MAX) {
      kept.add(copy);
    } else {
      kept.set(random.nextInt(KEPT_MAX), copy);
    }
  }

  private void found(List<Turn> turns, String what, @Nullable Throwable cause) {
    if (finding != null) {
      return;
    }
    finding =
        new RuleBroken(
            rule,
            "",
            "seed-" + seed + "-mutation-" + (mutations + 1),
            what + "; the damaged conversation:\n" + written(turns),
            cause);
  }

  /** As lines of a transcript. */
  private static String written(List<Turn> turns) {
    var text = new StringBuilder();
    for (var turn : turns) {
      if (text.length() > SHOWN_CHARACTERS) {
        return text.append("  ...\n").toString();
      }
      if (turn instanceof Transcript.ToDevice request) {
        text.append("  > ").append(StreamChecks.hex(request.bytes())).append('\n');
      } else if (turn instanceof FromDevice frame) {
        text.append("  < ").append(StreamChecks.hex(frame.bytes())).append('\n');
      } else if (turn instanceof Arrival arrival) {
        text.append("  message ").append(arrival.message().address()).append('\n');
        text.append("  < ").append(StreamChecks.hex(arrival.message().payload())).append('\n');
      }
    }
    return text.toString();
  }

  /** Hears what a driver says and whether it is of a form not heard before. */
  private final class Ear implements Session {
    private final RecordingSession settings;
    private final VirtualTime time;
    private final LongSupplier bytesHad;
    private final DeviceSessions devices = new DeviceSessions(this);
    private long reports;
    private boolean isNew;
    private @Nullable String wrong;

    Ear(Input input, VirtualTime time, LongSupplier bytesHad) {
      this.time = time;
      this.bytesHad = bytesHad;
      settings = new RecordingSession(input.conversation().transcript().settings(), time);
    }

    void shape(String shape) {
      if (shapes.size() < SHAPES_MAX && shapes.add(shape)) {
        isNew = true;
      }
    }

    @Override
    public void emit(Report report) {
      if (++reports > REPORTS_BASE && reports > reportsMax()) {
        wrong = "the driver said more than " + reportsMax() + " reports";
      }
      if (report instanceof Reading reading) {
        if (!NAME.matcher(reading.parameter()).matches()) {
          wrong = "a parameter is 1 to 400 visible signs: " + reading.parameter();
        }
        var value = reading.value();
        var kind =
            value instanceof Absent absent
                ? absent.reason().name()
                : value.getClass().getSimpleName();
        shape(reading.parameter() + " " + kind + " " + reading.flags().size());
      } else {
        shape(report.getClass().getSimpleName());
      }
    }

    private long reportsMax() {
      return REPORTS_BASE + REPORTS_A_BYTE * bytesHad.getAsLong();
    }

    @Override
    public void discard(String why, int bytes) {
      if (bytes < 0) {
        wrong = "the driver discarded " + bytes + " bytes";
      }
      shape("discard " + why);
    }

    @Override
    public <T> T setting(Setting<T> setting) {
      return settings.setting(setting);
    }

    @Override
    public Duration elapsed() {
      return settings.elapsed();
    }

    @Override
    public Session device(String id) {
      return devices.of(id);
    }
  }
}
