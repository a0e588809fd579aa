package io.medtwin.app.record;

import io.medtwin.spi.Message;
import io.medtwin.testkit.CaptureEvent;
import io.medtwin.testkit.CaptureEvent.Sent;
import io.medtwin.testkit.Transcript.Arrival;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Takes out of a capture what names a person, before it is written. Bytes are replaced by as many
 * others, so that lengths stay what they are; whose bytes were replaced says so, since its checksum
 * may not hold any more. Words are found across the borders of reads: what may be the beginning of
 * one is held back until it is known, at most {@value #EVENTS_HELD} events.
 */
public final class Redactor {

  /** Most events held back; beyond it what may be the beginning of a word is replaced as well. */
  static final int EVENTS_HELD = 4_096;

  private static final int BYTES_HELD = 1 << 20;

  private final List<Finder> inBytes;
  private final List<Finder> inMessages;
  private final Words words;
  private final Deque<Held> held = new ArrayDeque<>();
  private final Stream fromDevice = new Stream();
  private final Stream toDevice = new Stream();
  private long turns;
  private long replaced;

  /** Where what is kept goes. */
  public interface Sink {
    void take(CaptureEvent event) throws IOException;
  }

  /** One event that waits. */
  private static final class Held {
    final CaptureEvent event;
    final Stream stream;
    final byte[] bytes;
    int redacted;
    int open;

    Held(CaptureEvent event, Stream stream, byte[] bytes) {
      this.event = event;
      this.stream = stream;
      this.bytes = bytes;
    }
  }

  /** Bytes of one direction whose events wait, one after the other. */
  private static final class Stream {
    final Deque<Held> events = new ArrayDeque<>();
    byte[] bytes = new byte[0];
  }

  /**
   * A filter.
   *
   * @param words that are never kept, whatever the format
   */
  public Redactor(Words words) {
    this.words = words;
    this.inBytes = List.of(words, new IntelliVueDemographics());
    this.inMessages = List.of(words, new Hl7Persons(), new JsonPersons());
  }

  /** Turns in which something was replaced. */
  public long turns() {
    return turns;
  }

  /** Bytes that were replaced. */
  public long replaced() {
    return replaced;
  }

  /** Takes an event, and hands on those that are known to hold nothing any more. */
  public void take(CaptureEvent event, Sink sink) throws IOException {
    if (event instanceof Sent sent && !(sent.turn() instanceof Arrival)) {
      boolean isRequest = sent.turn() instanceof ToDevice;
      var stream = isRequest ? toDevice : fromDevice;
      var one = new Held(event, stream, copy(bytes(sent)));
      held.add(one);
      stream.events.add(one);
      stream.bytes = joined(stream.bytes, one.bytes);
      look(stream, false);
      if (held.size() > EVENTS_HELD || stream.bytes.length > BYTES_HELD) {
        finish(sink);
      }
    } else if (event instanceof Sent sent && sent.turn() instanceof Arrival arrival) {
      held.add(new Held(clean(sent, arrival.message()), fromDevice, new byte[0]));
    } else {
      if (event instanceof CaptureEvent.Line) {
        look(fromDevice, true);
        look(toDevice, true);
      }
      held.add(new Held(event, fromDevice, new byte[0]));
    }
    release(sink);
  }

  /** Hands on all there is; what may be the beginning of a word is replaced. */
  public void finish(Sink sink) throws IOException {
    look(fromDevice, true);
    look(toDevice, true);
    release(sink);
  }

  /** Replaces what is found in a stream, and lets go of the events that are known. */
  private static void look(Stream stream, List<Finder> finders, boolean last) {
    var marks = new BitSet();
    int settled = stream.bytes.length;
    for (Finder finder : finders) {
      settled = Math.min(settled, finder.find(stream.bytes, marks));
    }
    if (last && settled < stream.bytes.length) {
      marks.set(settled, stream.bytes.length);
      settled = stream.bytes.length;
    }
    int at = 0;
    for (Held one : stream.events) {
      for (int i = marks.nextSetBit(at); i >= 0 && i < at + one.bytes.length; ) {
        if (one.bytes[i - at] != Finder.FILL) {
          one.redacted++;
        }
        one.bytes[i - at] = Finder.FILL;
        i = marks.nextSetBit(i + 1);
      }
      at += one.bytes.length;
      one.open = at <= settled ? 0 : 1;
    }
    // what was replaced stays in the stream as it came, so that an overlapping word is found, too
    int gone = 0;
    while (!stream.events.isEmpty() && gone + stream.events.getFirst().bytes.length <= settled) {
      gone += stream.events.removeFirst().bytes.length;
    }
    stream.bytes = Arrays.copyOfRange(stream.bytes, gone, stream.bytes.length);
  }

  private void look(Stream stream, boolean last) {
    look(stream, inBytes, last);
  }

  private void release(Sink sink) throws IOException {
    while (!held.isEmpty() && held.getFirst().open == 0) {
      var one = held.removeFirst();
      sink.take(written(one));
    }
  }

  private CaptureEvent written(Held one) {
    if (one.event instanceof Sent sent && one.redacted > 0) {
      turns++;
      replaced += one.redacted;
      var content = ByteBuffer.wrap(one.bytes);
      return new Sent(
          sent.micros(),
          sent.turn() instanceof ToDevice ? new ToDevice(content) : new FromDevice(content),
          sent.redacted() + one.redacted);
    }
    return one.event;
  }

  private Sent clean(Sent sent, Message message) {
    var bytes = message.bytes();
    var marks = new BitSet();
    for (Finder finder : inMessages) {
      int settled = finder.find(bytes, marks);
      if (settled < bytes.length && finder != words) {
        marks.set(settled, bytes.length); // broken off: nobody knows what it is
      }
    }
    for (int i = marks.nextSetBit(0); i >= 0 && i < bytes.length; i = marks.nextSetBit(i + 1)) {
      boolean isDigit = bytes[i] >= '0' && bytes[i] <= '9';
      bytes[i] = isDigit ? (byte) '0' : Finder.FILL; // a number stays one
    }
    var address = clean(message.address());
    var device = message.device();
    var attributes = new LinkedHashMap<String, String>();
    message.attributes().forEach((key, value) -> attributes.put(key, clean(value)));
    int count = marks.cardinality();
    boolean same =
        count == 0
            && address.equals(message.address())
            && attributes.equals(message.attributes())
            && (device == null || clean(device).equals(device));
    if (same) {
      return sent;
    }
    turns++;
    replaced += count;
    return new Sent(
        sent.micros(),
        new Arrival(
            new Message(
                address,
                device == null ? null : clean(device),
                message.contentType(),
                attributes,
                ByteBuffer.wrap(bytes))),
        sent.redacted() + Math.max(count, 1));
  }

  /** A word of the head of a message, without the words. */
  String clean(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var marks = new BitSet();
    var unused = words.find(bytes, marks);
    if (marks.isEmpty()) {
      return text;
    }
    for (int i = marks.nextSetBit(0); i >= 0; i = marks.nextSetBit(i + 1)) {
      bytes[i] = Finder.FILL;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static ByteBuffer bytes(Sent sent) {
    return sent.turn() instanceof ToDevice request
        ? request.bytes()
        : ((FromDevice) sent.turn()).bytes();
  }

  private static byte[] copy(ByteBuffer from) {
    var copy = new byte[from.remaining()];
    from.get(copy);
    return copy;
  }

  private static byte[] joined(byte[] some, byte[] more) {
    var all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
