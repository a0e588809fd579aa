package io.medtwin.app.survey;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binary frames: octets that come again and again at the distance of a frame, a fixed one or one
 * that the frame tells, a checksum that holds, and the places that change.
 */
final class FrameSurvey {

  private static final int FEWEST_FRAMES = 8;
  private static final int LONGEST_FRAME = 1_024;
  private static final int FRAMES_MAX = 400;
  private static final int TRIED_FRAMES = 40;
  private static final int SYNC_MAX = 6;
  private static final int FIELDS_MAX = 64;
  private static final double NEARLY_ALL = 0.9;
  private static final List<String> EIGHT_BITS = List.of("sum8", "xor8", "crc8");
  private static final List<String> SIXTEEN_BITS =
      List.of(
          "sum16",
          "crc16-xmodem",
          "crc16-ccitt-false",
          "crc16-kermit",
          "crc16-mcrf4xx",
          "crc16-modbus",
          "crc16-arc");

  private final Evidence evidence;
  private final Trial trial;
  private final byte[] bytes;
  private final List<String> notes = new ArrayList<>();

  /**
   * Where frames begin and how long they are.
   *
   * @param starts where the sync octets stand
   * @param lengthAt offset of the octet that tells the length, or -1 for a fixed one
   * @param length of a frame, or what is added to that octet
   * @param covered octets that belong to such frames
   */
  private record Framing(int[] starts, int syncOctets, int lengthAt, int length, int covered) {}

  private FrameSurvey(Evidence evidence, Trial trial) {
    this.evidence = evidence;
    this.trial = trial;
    this.bytes = evidence.bytes();
  }

  static Optional<Proposal> of(Evidence evidence, Trial trial) {
    return new FrameSurvey(evidence, trial).proposal();
  }

  private Optional<Proposal> proposal() {
    var best = framing();
    if (best == null || best.covered() < bytes.length / 2) {
      return Optional.empty();
    }
    var framing = best.lengthAt() < 0 ? fromItsBeginning(best) : best;
    var frames = frames(framing);
    var sync = sync(frames, framing);
    notes.add(
        frames.size()
            + " frames "
            + (framing.lengthAt() < 0
                ? "of " + framing.length() + " octets"
                : "whose octet "
                    + framing.lengthAt()
                    + " tells the length less "
                    + framing.length()));
    if (framing.lengthAt() < 0) {
      notes.add("where a frame begins is a guess where more than one octet is always the same");
    }
    var layout = new StringBuilder();
    layout.append("sync ").append(hex(sync)).append('\n');
    layout
        .append(
            framing.lengthAt() < 0
                ? "length " + framing.length()
                : "length u8 " + framing.lengthAt() + " plus=" + framing.length())
        .append('\n');
    int guard = guard(layout, frames, sync.length);
    var settings = new LinkedHashMap<String, String>();
    settings.put("silence", "5s");
    settings.put("frame", layout.toString());
    settings.put("fields", fields(frames, framing, sync.length, guard));
    return Optional.of(new Proposal("binary-frames", settings, notes));
  }

  /** The pair of octets, or else the one, whose places explain most of what came. */
  private @Nullable Framing framing() {
    for (int octets : new int[] {2, 1}) {
      Framing best = null;
      for (int[] starts : places(octets)) {
        for (var one : List.of(fixed(starts, octets), told(starts, octets))) {
          if (one.isPresent() && (best == null || one.get().covered() > best.covered())) {
            best = one.get();
          }
        }
      }
      if (best != null && best.covered() > bytes.length / 2) {
        return best;
      }
    }
    return null;
  }

  private List<int[]> places(int octets) {
    var places = new HashMap<Integer, List<Integer>>();
    for (int i = 0; i + octets <= bytes.length; i++) {
      int key = octets == 1 ? bytes[i] & 0xFF : (bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF;
      places.computeIfAbsent(key, unused -> new ArrayList<>()).add(i);
    }
    return places.entrySet().stream()
        .filter(entry -> entry.getValue().size() >= FEWEST_FRAMES)
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue().stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** Frames of one length: the distance that is commonest. */
  private Optional<Framing> fixed(int[] starts, int octets) {
    var distances = new HashMap<Integer, Integer>();
    for (int i = 1; i < starts.length; i++) {
      distances.merge(starts[i] - starts[i - 1], 1, Integer::sum);
    }
    var common =
        distances.entrySet().stream()
            .filter(entry -> entry.getKey() > octets && entry.getKey() <= LONGEST_FRAME)
            .max(
                Map.Entry.<Integer, Integer>comparingByValue()
                    .thenComparing(entry -> -entry.getKey()));
    return common
        .filter(entry -> entry.getValue() >= FEWEST_FRAMES - 1)
        .map(
            entry ->
                new Framing(starts, octets, -1, entry.getKey(), entry.getKey() * entry.getValue()));
  }

  /** Frames that tell their length in one octet near the beginning. */
  private Optional<Framing> told(int[] starts, int octets) {
    Framing best = null;
    for (int at = octets; at <= octets + 3; at++) {
      for (int plus = at + 1; plus <= at + 5; plus++) {
        int covered = 0;
        boolean differ = false;
        int before = -1;
        for (int i = 0, frame = 0; i < starts.length && starts[i] + at < bytes.length; i++) {
          if (starts[i] < frame) {
            continue; // inside of the one before
          }
          int length = (bytes[starts[i] + at] & 0xFF) + plus;
          int next = starts[i] + length;
          if (Arrays.binarySearch(starts, next) >= 0) {
            covered += length;
            frame = next;
            differ |= before >= 0 && before != length;
            before = length;
          }
        }
        if (differ && (best == null || covered > best.covered())) {
          best = new Framing(starts, octets, at, plus, covered);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Moves the beginning to that of the longest run of octets which never change. */
  private Framing fromItsBeginning(Framing framing) {
    int length = framing.length();
    var frames = frames(framing);
    var still = new boolean[length];
    for (int i = 0; i < length; i++) {
      still[i] = isStill(frames, i);
    }
    int best = 0;
    int longest = 0;
    for (int from = 0; from < length; from++) {
      int run = 0;
      boolean begins = !still[(from + length - 1) % length];
      while (begins && run < length && still[(from + run) % length]) {
        run++;
      }
      if (run > longest) {
        longest = run;
        best = from;
      }
    }
    int shift = best;
    var starts =
        Arrays.stream(framing.starts())
            .map(start -> start + shift)
            .filter(start -> start + length <= bytes.length)
            .toArray();
    return new Framing(starts, framing.syncOctets(), -1, length, framing.covered());
  }

  private List<byte[]> frames(Framing framing) {
    var frames = new ArrayList<byte[]>();
    int free = 0;
    for (int start : framing.starts()) {
      if (start < free
          || frames.size() == FRAMES_MAX
          || start + framing.lengthAt() >= bytes.length) {
        continue;
      }
      int length =
          framing.lengthAt() < 0
              ? framing.length()
              : (bytes[start + framing.lengthAt()] & 0xFF) + framing.length();
      int end = start + length;
      boolean followed = Arrays.binarySearch(framing.starts(), end) >= 0;
      if (end <= bytes.length && (followed || frames.isEmpty())) {
        frames.add(Arrays.copyOfRange(bytes, start, end));
        free = end;
      }
    }
    return frames;
  }

  private static boolean isStill(List<byte[]> frames, int offset) {
    long same =
        frames.stream()
            .filter(frame -> frame.length > offset && frame[offset] == frames.getFirst()[offset])
            .count();
    return same >= 0.99 * frames.size();
  }

  private static byte[] sync(List<byte[]> frames, Framing framing) {
    int octets = 0;
    int most =
        framing.lengthAt() < 0 ? Math.min(SYNC_MAX, framing.length() - 1) : framing.lengthAt();
    while (octets < most && isStill(frames, octets)) {
      octets++;
    }
    return Arrays.copyOf(frames.getFirst(), Math.max(octets, 1));
  }

  /** Tries every checksum that the driver knows at the end; returns its octets, or 0. */
  private int guard(StringBuilder layout, List<byte[]> frames, int syncOctets) {
    var few = few(frames);
    int tried = Math.min(TRIED_FRAMES, frames.size());
    for (int width = 1; width <= 2; width++) {
      for (int behind = 0; behind <= 1; behind++) { // an end mark may stand behind it
        for (String kind : width == 1 ? EIGHT_BITS : SIXTEEN_BITS) {
          for (String complement : List.of("", " complement=ones", " complement=twos")) {
            for (String order : width == 1 ? List.of("") : List.of("", " order=le")) {
              for (int from : new int[] {0, 1, 2, syncOctets}) {
                int at = -width - behind;
                var line =
                    "checksum %s%s at=%d over=%d..%d%s"
                        .formatted(kind, complement, at, from, at - 1, order);
                if (from <= syncOctets && holds(layout + line, few, tried)) {
                  layout.append(line).append('\n');
                  notes.add("guarded by " + line);
                  return width + behind;
                }
              }
            }
          }
        }
      }
    }
    notes.add("no checksum of a known kind was found: the sync octets alone guard a frame");
    return 0;
  }

  private Evidence few(List<byte[]> frames) {
    var all = new ByteArrayOutputStream();
    frames.stream().limit(TRIED_FRAMES).forEach(all::writeBytes);
    return new Evidence(all.toByteArray(), List.of(), 0, evidence.span());
  }

  private boolean holds(String layout, Evidence few, int frames) {
    try {
      var outcome =
          trial.of(
              "binary-frames",
              Map.of("silence", "5s", "frame", layout, "fields", "frame any\nfirst <- u8 0 unit=1"),
              few);
      return outcome.reports() >= NEARLY_ALL * frames;
    } catch (IllegalArgumentException e) {
      return false; // this frame is too short for it
    }
  }

  private String fields(List<byte[]> frames, Framing framing, int from, int guard) {
    int shortest = frames.stream().mapToInt(frame -> frame.length).min().orElse(0);
    var text = new StringBuilder("frame data\n");
    int fields = 0;
    for (int at = from; at < shortest - guard && fields < FIELDS_MAX; at++) {
      if (at == framing.lengthAt() || isStill(frames, at)) {
        continue;
      }
      boolean pair =
          at + 1 < shortest - guard && !isStill(frames, at + 1) && at + 1 != framing.lengthAt();
      var type = pair ? pairType(frames, at) : "u8";
      var parameter = type.replace("le", "-le").replace("be", "-be") + "-at-" + at;
      text.append(parameter).append(" <- ").append(type).append(' ').append(at).append(" unit=1\n");
      notes.add(parameter + ": " + range(frames, type, at));
      fields++;
      at += type.equals("u8") ? 0 : 1;
    }
    if (fields == 0) {
      text.append("first <- u8 0 unit=1\n");
    }
    return text.toString();
  }

  /**
   * One number of two octets goes in smaller steps than its halves swapped, and than two numbers.
   */
  private static String pairType(List<byte[]> frames, int at) {
    double be = roughness(frames, "u16be", at);
    double le = roughness(frames, "u16le", at);
    double high = roughness(frames, "u8", at);
    double low = roughness(frames, "u8", at + 1);
    if (be < le && be < 0.5 * low && high < low && isFullRange(frames, at + 1)) {
      return "u16be";
    }
    boolean isLe = le < be && le < 0.5 * high && low < high && isFullRange(frames, at);
    return isLe ? "u16le" : "u8";
  }

  /** The lower half of a number that moves goes all the way around. */
  private static boolean isFullRange(List<byte[]> frames, int at) {
    var octets = frames.stream().mapToInt(frame -> number(frame, "u8", at)).summaryStatistics();
    return octets.getMax() - octets.getMin() > 200;
  }

  /** Mean step from frame to frame, by the range of the numbers. */
  private static double roughness(List<byte[]> frames, String type, int at) {
    double steps = 0;
    int before = number(frames.getFirst(), type, at);
    int least = before;
    int most = before;
    for (byte[] frame : frames) {
      int now = number(frame, type, at);
      steps += Math.abs(now - before);
      least = Math.min(least, now);
      most = Math.max(most, now);
      before = now;
    }
    return most == least ? 0 : steps / frames.size() / (most - least);
  }

  private static int number(byte[] frame, String type, int at) {
    return switch (type) {
      case "u16be" -> (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
      case "u16le" -> (frame[at + 1] & 0xFF) << 8 | frame[at] & 0xFF;
      default -> frame[at] & 0xFF;
    };
  }

  private static String range(List<byte[]> frames, String type, int at) {
    var numbers = frames.stream().mapToInt(frame -> number(frame, type, at)).summaryStatistics();
    long different = frames.stream().mapToInt(frame -> number(frame, type, at)).distinct().count();
    return numbers.getMin() + " to " + numbers.getMax() + ", " + different + " different";
  }

  private static String hex(byte[] octets) {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(octets);
  }
}
