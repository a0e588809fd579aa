package io.medtwin.testkit;

import io.medtwin.spi.Driver;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import io.medtwin.testkit.Transcript.Turn;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A day of one conversation, over and over, a frame or message a second (D21). A session goes on as
 * long as the dialogue allows; then the next one begins with a new instance. What is in use after a
 * collection is looked at behind each quarter.
 */
final class Day {

  /** The longest conversations are lived through; more cost time and show the same. */
  private static final int CONVERSATIONS_MAX = 2;

  private static final int QUARTERS = 4;

  /** Growth that is noise: classes, tables of strings, what the runtime keeps. */
  private static final long NOISE_BYTES = 96 * 1024;

  /** More than this for a frame is growth of the driver. */
  private static final int BYTES_A_FRAME = 8;

  /** Silences behind the last turn that a polled dialogue has before it is over. */
  private static final int SILENCES_MAX = 20;

  private final Conversation conversation;
  private final int frames;
  private final VirtualTime time = new VirtualTime();
  private final List<Long> used = new ArrayList<>();
  private int lived;

  private Day(Conversation conversation, int frames) {
    this.conversation = conversation;
    this.frames = frames;
  }

  /** D21; what was measured. */
  static String requireNoSlope(Subject subject, Effort effort) {
    var figures = new ArrayList<String>();
    var longest =
        subject.conversations().stream()
            .filter(one -> !effort.only().skips(one))
            .sorted(Comparator.comparingInt(one -> -one.transcript().turns().size()))
            .limit(CONVERSATIONS_MAX)
            .toList();
    for (var conversation : longest) {
      var day = new Day(conversation, effort.dayFrames());
      int threads = Thread.activeCount();
      day.live(subject);
      if (day.grows()) {
        day =
            new Day(conversation, effort.dayFrames()); // a second look: what was noise is not there
        day.live(subject);
      }
      int more = Thread.activeCount() - threads;
      Checks.require(
          !day.grows(),
          Rule.D21,
          conversation,
          "",
          "memory in use grew in each quarter of " + day.lived + " frames: " + day.kilobytes());
      Checks.require(
          more <= 0,
          Rule.D21,
          conversation,
          "",
          more + " threads are left behind " + day.lived + " frames");
      figures.add(
          String.format(
              Locale.ROOT, "%s %,d frames: %s", conversation.name(), day.lived, day.kilobytes()));
    }
    return String.join("; ", figures);
  }

  private void live(Subject subject) {
    while (lived < frames) {
      int before = lived;
      var driver = subject.maker().get();
      Throwable end = null;
      try {
        run(driver);
      } catch (IOException | InterruptedException | RuntimeException e) {
        end = e;
      }
      Checks.requireOrderly(end, conversation, "");
      if (lived == before) {
        return; // a dialogue that begins with the driver's own words and is over at once
      }
    }
  }

  private void run(Driver driver) throws IOException, InterruptedException {
    var session = new Deaf(new RecordingSession(conversation.transcript().settings(), time));
    if (driver instanceof StreamDriver stream) {
      var kind = Subject.link(driver, conversation, LinkKind.SERIAL);
      stream.run(new BufferedStreamLink(new Wire(), kind, conversation.name()), session);
    } else if (driver instanceof MessageDriver messages) {
      messages.run(new Link(Subject.link(driver, conversation, LinkKind.MQTT)), session);
    }
  }

  /** One frame or message more. */
  private void live() {
    lived++;
    time.pass(Duration.ofSeconds(1));
    if (lived % (frames / QUARTERS) == 0) {
      System.gc();
      used.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
  }

  private boolean grows() {
    if (used.size() < QUARTERS) {
      return false;
    }
    for (int i = 1; i < QUARTERS; i++) {
      if (used.get(i) <= used.get(i - 1)) {
        return false;
      }
    }
    long grown = used.get(QUARTERS - 1) - used.get(0);
    return grown > Math.max(NOISE_BYTES, (long) BYTES_A_FRAME * frames * (QUARTERS - 1) / QUARTERS);
  }

  private String kilobytes() {
    return used.stream()
        .map(bytes -> String.format(Locale.ROOT, "%,d", bytes / 1024))
        .reduce((one, next) -> one + ", " + next)
        .map(all -> all + " KiB")
        .orElse("not measured");
  }

  /** The device, whose dialogue begins anew where its transcript ends. */
  private final class Wire implements ByteWire {
    private final List<Turn> turns = conversation.transcript().turns();
    private final boolean polled = turns.stream().anyMatch(ToDevice.class::isInstance);
    private final Map<ByteBuffer, Integer> asked = new HashMap<>();
    private ByteBuffer ready = ByteBuffer.allocate(0);
    private int next;
    private int sendTo;
    private int silences;

    Wire() {
      sendTo = answerEnd(0);
    }

    @Override
    public int read(ByteBuffer into, Duration atMost) {
      if (!ready.hasRemaining()) {
        if (lived >= frames) {
          return -1;
        }
        if (next >= sendTo && !polled) {
          next = 0;
        }
        if (next >= sendTo) {
          time.pass(atMost);
          return ++silences > SILENCES_MAX ? -1 : 0;
        }
        if (turns.get(next++) instanceof FromDevice frame) {
          ready = frame.bytes();
        }
        live();
      }
      int count = Math.min(ready.remaining(), into.remaining());
      into.put(ready.slice().limit(count));
      ready.position(ready.position() + count);
      return count;
    }

    /** Each request is answered as in the transcript, by its answers in turn. */
    @Override
    public void write(ByteBuffer bytes) {
      var request = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
      var places = new ArrayList<Integer>();
      for (int i = 0; i < turns.size(); i++) {
        if (turns.get(i) instanceof ToDevice expected && expected.bytes().equals(request)) {
          places.add(i);
        }
      }
      if (!places.isEmpty()) {
        int place = places.get(asked.merge(request, 1, Integer::sum) % places.size());
        next = place + 1;
        sendTo = answerEnd(next);
        silences = 0;
      }
    }

    private int answerEnd(int from) {
      int end = from;
      while (end < turns.size() && turns.get(end) instanceof FromDevice) {
        end++;
      }
      return end;
    }

    @Override
    public void close() {}
  }

  /** The hub, whose messages begin anew. */
  private final class Link implements MessageLink {
    private final LinkKind kind;
    private final List<Message> messages = MessageChecks.messages(conversation);
    private int next;

    Link(LinkKind kind) {
      this.kind = kind;
    }

    @Override
    public String name() {
      return conversation.name();
    }

    @Override
    public LinkKind kind() {
      return kind;
    }

    @Override
    public Message receive(Duration silenceLimit) throws IOException {
      if (lived >= frames) {
        throw new EOFException("the day is over");
      }
      live();
      return messages.get(next++ % messages.size());
    }

    @Override
    public void reply(Message answer) {}

    @Override
    public void reply(@Nullable Message answer, @Nullable Message notSafe) {}

    @Override
    public void refuse(Refusal refusal, String why) {}

    @Override
    public void refuse(Refusal refusal, String why, Message answer) {}

    @Override
    public void send(Message message) {}
  }

  /** A session that keeps nothing. */
  private static final class Deaf implements Session {
    private final RecordingSession settings;
    private final DeviceSessions devices = new DeviceSessions(this);

    Deaf(RecordingSession settings) {
      this.settings = settings;
    }

    @Override
    public void emit(Report report) {}

    @Override
    public void discard(String why, int bytes) {}

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
