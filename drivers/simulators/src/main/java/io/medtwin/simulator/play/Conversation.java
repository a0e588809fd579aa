package io.medtwin.simulator.play;

import io.medtwin.spi.Message;
import io.medtwin.testkit.Transcript;
import io.medtwin.testkit.Transcript.Arrival;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import io.medtwin.testkit.Transcript.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Conversations of one device, one after the other: what comes by itself, what comes as messages,
 * and what is answered. Immutable.
 */
public final class Conversation {
  /** Most files of one device. */
  public static final int MAX_FILES = 64;

  /** Largest file that is read. */
  public static final int MAX_BYTES = 4 << 20;

  private static final Pattern SERIAL = Pattern.compile("identity .*SERIAL=\"([^\"]*)\"");

  private final List<Transcript> transcripts;

  private Conversation(List<Transcript> transcripts) {
    this.transcripts = List.copyOf(transcripts);
  }

  /** These, in order. */
  public static Conversation of(List<Transcript> transcripts) {
    return new Conversation(transcripts);
  }

  /**
   * The files, in order.
   *
   * @throws IOException one cannot be read, or is larger than {@value #MAX_BYTES} bytes
   * @throws IllegalArgumentException one is not of the format, with its line; or there are too many
   */
  public static Conversation read(List<Path> files) throws IOException {
    if (files.size() > MAX_FILES) {
      throw new IllegalArgumentException("expected at most " + MAX_FILES + " conversations");
    }
    var transcripts = new ArrayList<Transcript>();
    for (Path file : files) {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(file + " is larger than " + MAX_BYTES + " bytes; split it");
      }
      transcripts.add(Transcript.parse(file.toString(), Files.readString(file)));
    }
    return new Conversation(transcripts);
  }

  /** Whether there is nothing to play. */
  public boolean isEmpty() {
    return transcripts.isEmpty();
  }

  /** Serial numbers that a driver hears in it. */
  public Set<String> serials() {
    return transcripts.stream()
        .flatMap(one -> one.expected().stream())
        .flatMap(line -> SERIAL.matcher(line).results())
        .map(found -> found.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Frames that the device sends by itself, in order. */
  public List<byte[]> frames() {
    return transcripts.stream().flatMap(one -> unasked(one).stream()).toList();
  }

  /** Messages that arrive, in order. */
  public List<Message> messages() {
    return transcripts.stream()
        .flatMap(one -> one.turns().stream())
        .filter(Arrival.class::isInstance)
        .map(turn -> ((Arrival) turn).message())
        .toList();
  }

  /** Turns from the first request on, in order; none where nobody asks. */
  List<Turn> dialogue() {
    var dialogue = new ArrayList<Turn>();
    for (Transcript one : transcripts) {
      var turns = one.turns();
      dialogue.addAll(turns.subList(unasked(one).size(), turns.size()));
    }
    dialogue.removeIf(Arrival.class::isInstance);
    return dialogue;
  }

  List<Transcript> transcripts() {
    return transcripts;
  }

  /** Each by itself. */
  List<Conversation> each() {
    return transcripts.stream().map(one -> new Conversation(List.of(one))).toList();
  }

  private static List<byte[]> unasked(Transcript one) {
    var frames = new ArrayList<byte[]>();
    for (Turn turn : one.turns()) {
      if (turn instanceof ToDevice) {
        break;
      }
      if (turn instanceof FromDevice frame) {
        frames.add(octets(frame.bytes()));
      }
    }
    return frames;
  }

  static byte[] octets(ByteBuffer bytes) {
    var octets = new byte[bytes.remaining()];
    bytes.get(octets);
    return octets;
  }
}
