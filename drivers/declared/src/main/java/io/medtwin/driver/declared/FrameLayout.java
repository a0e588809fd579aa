package io.medtwin.driver.declared;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a frame begins, how long it is, and what guards it.
 *
 * @param sync first octets, each with the bits that count
 * @param lengthSource where the frame tells its length, or null
 * @param length of the whole frame, or what is added to the number at {@code lengthSource}
 * @param guard or null
 * @param end last octets
 */
record FrameLayout(
    List<SyncOctet> sync,
    Source.@Nullable Octets lengthSource,
    int length,
    @Nullable Guard guard,
    List<SyncOctet> end) {

  /** Longest frame. */
  static final int MAX_OCTETS = 4096;

  private static final int MAX_SYNC = 32;
  private static final Pattern SYNC =
      Pattern.compile("([0-9A-Fa-f]{2})(?:/([0-9A-Fa-f]{2}))?|\\?\\?");

  /** The layout of nothing: each octet is a frame of no kind. */
  static final FrameLayout EMPTY = new FrameLayout(List.of(), null, 1, null, List.of());

  /**
   * One octet that must be so.
   *
   * @param mask bits that count
   */
  record SyncOctet(int value, int mask) {

    boolean fits(byte octet) {
      return ((octet ^ value) & mask) == 0;
    }
  }

  /**
   * A checksum and its places; less than 0 counts from behind the frame.
   *
   * @param first octet that it covers
   * @param last octet that it covers
   */
  record Guard(Checksum checksum, int at, boolean little, int first, int last) {

    boolean holds(ByteBuffer frame) {
      int length = frame.remaining();
      int place = index(at, length);
      int from = index(first, length);
      int to = index(last, length) + 1;
      if (place < 0 || place + checksum.octets() > length || from < 0 || to > length || from > to) {
        return false;
      }
      long sent = 0;
      for (int i = 0; i < checksum.octets(); i++) {
        int index = little ? place + checksum.octets() - 1 - i : place + i;
        sent = sent << 8 | Byte.toUnsignedInt(frame.get(index));
      }
      return sent == checksum.of(frame, from, to);
    }

    private static int index(int place, int length) {
      return place < 0 ? length + place : place;
    }
  }

  FrameLayout {
    sync = List.copyOf(sync);
    end = List.copyOf(end);
  }

  /**
   * The layout of a text.
   *
   * @throws IllegalArgumentException with every line that does not parse
   */
  static FrameLayout parse(String text) {
    var reader = new Reader();
    text.lines().limit(Reader.MAX_LINES + 1L).forEach(reader::take);
    return reader.end();
  }

  /** Octets that must be there to know how long the frame is. */
  int headOctets() {
    int counted = lengthSource == null ? 0 : OctetContent.end(lengthSource);
    return Math.max(1, Math.max(sync.size(), counted));
  }

  /** Shortest frame there can be. */
  int minOctets() {
    return lengthSource == null ? length : Math.max(headOctets(), length);
  }

  /** Whether the first octets of these, at most as many as are there, begin a frame. */
  boolean begins(ByteBuffer octets, int from) {
    for (int i = 0; i < sync.size() && from + i < octets.remaining(); i++) {
      if (!sync.get(i).fits(octets.get(from + i))) {
        return false;
      }
    }
    return true;
  }

  /** Octets of the frame that begins so, or -1 where no frame is that long. */
  int octets(ByteBuffer head) {
    if (lengthSource == null) {
      return length;
    }
    var found = new OctetContent(head).find(lengthSource).orElse(null);
    if (!(found instanceof Raw.Amount(var number, _)) || number.signum() < 0) {
      return -1;
    }
    long octets = number.longValue() + length;
    return octets < headOctets() || octets > MAX_OCTETS ? -1 : (int) octets;
  }

  /** What is wrong with a frame of the right length, or null. */
  @Nullable String problem(ByteBuffer frame) {
    int offset = frame.remaining() - end.size();
    if (offset < 0) {
      return "end of the frame";
    }
    for (int i = 0; i < end.size(); i++) {
      if (!end.get(i).fits(frame.get(offset + i))) {
        return "end of the frame";
      }
    }
    return guard == null || guard.holds(frame) ? null : "checksum";
  }

  @Override
  public String toString() {
    return this == EMPTY ? "none" : "frames of " + length + " octets";
  }

  /** Reads line by line and keeps all problems. */
  private static final class Reader {

    private static final int MAX_LINES = 16;

    private final List<String> problems = new ArrayList<>();
    private List<SyncOctet> sync = List.of();
    private List<SyncOctet> end = List.of();
    private Source.@Nullable Octets lengthSource;
    private int length;
    private @Nullable Guard guard;
    private int number;

    void take(String line) {
      number++;
      if (number > MAX_LINES) {
        problems.add("line " + number + ": expected at most " + MAX_LINES + " lines");
      } else if (!line.isBlank() && !line.strip().startsWith("#")) {
        try {
          take(Entry.parse(line.strip()));
        } catch (IllegalArgumentException e) {
          problems.add("line " + number + ": " + e.getMessage());
        }
      }
    }

    private void take(Entry entry) {
      var word = entry.target().isEmpty() ? "" : entry.target().getFirst();
      switch (word) {
        case "sync" -> sync = octets(entry);
        case "end" -> end = octets(entry);
        case "length" -> length(entry);
        case "checksum" -> guard = guard(entry);
        default -> throw Entry.problem("expected sync, length, checksum or end");
      }
      if (entry.hasArrow()) {
        throw Entry.problem("expected no arrow here");
      }
      entry.requireNoMoreOptions();
    }

    private static List<SyncOctet> octets(Entry entry) {
      var octets = new ArrayList<SyncOctet>();
      for (var word : entry.target().subList(1, entry.target().size())) {
        var match = SYNC.matcher(word);
        if (!match.matches() || octets.size() == MAX_SYNC) {
          throw Entry.problem(
              "expected at most " + MAX_SYNC + " octets such as 0A, 80/80 or ??, got " + word);
        }
        var value = match.group(1);
        var mask = match.group(2);
        octets.add(
            value == null
                ? new SyncOctet(0, 0)
                : new SyncOctet(
                    HexFormat.fromHexDigits(value),
                    mask == null ? 0xFF : HexFormat.fromHexDigits(mask)));
      }
      if (octets.isEmpty()) {
        throw Entry.problem("expected octets such as 0A FA");
      }
      return octets;
    }

    private void length(Entry entry) {
      if (entry.target().size() == 2) {
        length = Entry.integer("length", entry.word(1, "octets"), 1, MAX_OCTETS);
        return;
      }
      entry.requireWords(3);
      var source = Source.parse(entry.target().subList(1, 3), false);
      if (!(source instanceof Source.Octets octets) || !octets.type().isUnsigned()) {
        throw Entry.problem("expected a length of type u8, u16, u24 or u32");
      }
      lengthSource = octets;
      length = entry.integer("plus", 0, -MAX_OCTETS, MAX_OCTETS);
    }

    private static Guard guard(Entry entry) {
      entry.requireWords(2);
      var checksum = Checksum.parse(entry.word(1, "a kind"), entry);
      var over = entry.take("over", "0.." + (-1 - checksum.octets())).split("\\.\\.", -1);
      if (over.length != 2) {
        throw Entry.problem("expected over=first..last, such as over=0..-2");
      }
      return new Guard(
          checksum,
          entry.integer("at", -checksum.octets(), -MAX_OCTETS, MAX_OCTETS),
          entry.take("order", "be", List.of("be", "le")).equals("le"),
          Entry.integer("over=", over[0], -MAX_OCTETS, MAX_OCTETS),
          Entry.integer("over=", over[1], -MAX_OCTETS, MAX_OCTETS));
    }

    FrameLayout end() {
      boolean read = problems.isEmpty();
      if (read && length == 0 && lengthSource == null) {
        problems.add("expected a line \"length <octets>\" or \"length <type> <offset> plus=…\"");
      }
      if (read && sync.isEmpty() && guard == null) {
        problems.add("expected a line \"sync …\" or \"checksum …\" to find frames by");
      }
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", problems));
      }
      return new FrameLayout(sync, lengthSource, length, guard, end);
    }
  }
}
