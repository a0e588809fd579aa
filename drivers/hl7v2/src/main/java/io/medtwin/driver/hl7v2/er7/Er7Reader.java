package io.medtwin.driver.hl7v2.er7;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Octets to a message. Segments that speak of persons (PID, PV1, NK1, NTE, ORC and all others but
 * four) are cut out of the text before anything looks into them.
 */
public final class Er7Reader {

  /** Most octets of a message: 1 MiB. */
  public static final int MAX_OCTETS = 1 << 20;

  /** Most segments of a message, of any name. */
  public static final int MAX_SEGMENTS = 10_000;

  /** Most OBX of a message. */
  public static final int MAX_ROWS = 4_096;

  /** Most OBR of a message. */
  public static final int MAX_GROUPS = 256;

  private static final Set<String> READ = Set.of("OBR", "OBX", "PRT");
  private static final Pattern SEGMENT_ENDS = Pattern.compile("\r\n|\r|\n");
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9]{2}");
  private static final Pattern VERSION = Pattern.compile("2\\.[3-8](\\.[0-9]+)?");
  private static final int HEADER_OCTETS = 16 * 1024;
  private static final String EQUIPMENT = "EQUIP";

  private @Nullable Encoding readerEncoding;
  private @Nullable SegmentReader reader;

  /** A reader, for one thread. */
  public Er7Reader() {}

  /**
   * Reads a whole message.
   *
   * @param header what {@link #header} made of it
   * @throws Er7Exception it is one that is not taken here
   */
  public Er7Message read(Header header, byte[] octets) throws Er7Exception {
    var known = Optional.of(header);
    if (octets.length > MAX_OCTETS) {
      throw new Er7Exception(
          Problem.INTERNAL, "MSH", "a message of at most " + MAX_OCTETS + " octets", known);
    }
    var charset =
        Charsets.named(firstRepetition(header.raw(18), header.encoding()))
            .orElseThrow(
                () ->
                    new Er7Exception(
                        Problem.DATA_TYPE,
                        "MSH-18",
                        "ASCII, UNICODE UTF-8 or 8859/1, 2, 5, 9, 15",
                        known));
    var text =
        Charsets.decode(octets, charset)
            .orElseThrow(
                () ->
                    new Er7Exception(
                        Problem.DATA_TYPE, "MSH-18", "characters of the set it names", known));
    return groups(header, text);
  }

  /** Checks a header: what its sender must say, and what is taken here. */
  public static void check(Header header) throws Er7Exception {
    var known = Optional.of(header);
    if (header.type().isEmpty()) {
      throw new Er7Exception(Problem.HEADER, "MSH-9", "a message type", known);
    }
    if (header.controlId().isEmpty() || header.controlId().length() > 199) {
      throw new Er7Exception(Problem.HEADER, "MSH-10", "a control id", known);
    }
    if (!Set.of("P", "T", "D").contains(header.component(11, 1))) {
      throw new Er7Exception(Problem.UNSUPPORTED_PROCESSING, "MSH-11", "P, T or D", known);
    }
    if (!VERSION.matcher(header.component(12, 1)).matches()) {
      throw new Er7Exception(Problem.UNSUPPORTED_VERSION, "MSH-12", "2.3 to 2.8", known);
    }
  }

  /**
   * Reads the header alone.
   *
   * @throws Er7Exception it is no message of HL7
   */
  public static Header header(byte[] octets) throws Er7Exception {
    int length = Math.min(octets.length, HEADER_OCTETS);
    var begin = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    if (!begin.startsWith("MSH")) {
      throw new Er7Exception(Problem.SEGMENT_SEQUENCE, "MSH", "it first", Optional.empty());
    }
    var line = SEGMENT_ENDS.split(begin, 2)[0];
    var encoding =
        Encoding.of(line)
            .orElseThrow(
                () ->
                    new Er7Exception(
                        Problem.HEADER, "MSH-2", "four different separators", Optional.empty()));
    return Header.of(line, encoding);
  }

  private Er7Message groups(Header header, String text) throws Er7Exception {
    var segments = reader(header.encoding());
    var groups = new ArrayList<Group>();
    var rows = new ArrayList<Segment>();
    var participants = new ArrayList<Segment>();
    Optional<Segment> request = Optional.empty();
    int bad = 0;
    int count = 0;
    int allRows = 0;
    int requests = 0;
    for (var line : SEGMENT_ENDS.splitAsStream(text).toList()) {
      if (count++ == 0 || line.isBlank()) {
        continue; // MSH is known
      }
      limit(count, MAX_SEGMENTS, "segments", header);
      var name = line.length() < 3 ? "" : line.substring(0, 3);
      boolean isSegment =
          NAME.matcher(name).matches()
              && (line.length() == 3 || line.charAt(3) == header.encoding().field());
      if (!isSegment) {
        bad++;
        continue;
      }
      if (!READ.contains(name)) {
        continue;
      }
      var segment = segments.read(line);
      if (segment.isEmpty()) {
        bad++;
      } else if (name.equals("OBX")) {
        limit(++allRows, MAX_ROWS, "OBX", header);
        rows.add(segment.get());
      } else if (name.equals("PRT")) {
        if (segment.get().text(4).equals(EQUIPMENT)) {
          participants.add(segment.get());
        }
      } else {
        limit(++requests, MAX_GROUPS, "OBR", header);
        close(groups, request, rows, participants);
        request = segment;
      }
    }
    close(groups, request, rows, participants);
    return new Er7Message(header, groups, bad);
  }

  private static void close(
      List<Group> groups,
      Optional<Segment> request,
      List<Segment> rows,
      List<Segment> participants) {
    if (request.isPresent() || !rows.isEmpty()) {
      groups.add(new Group(request, rows, participants));
    }
    rows.clear();
    participants.clear();
  }

  /** One parser for as long as senders agree on separators, which nearly all do. */
  private SegmentReader reader(Encoding encoding) {
    var known = reader;
    if (known == null || !encoding.equals(readerEncoding)) {
      known = new SegmentReader(encoding);
      reader = known;
      readerEncoding = encoding;
    }
    return known;
  }

  private static String firstRepetition(String field, Encoding encoding) {
    int end = field.indexOf(encoding.repetition());
    return end < 0 ? field : field.substring(0, end);
  }

  private static void limit(int count, int most, String what, Header header) throws Er7Exception {
    if (count > most) {
      throw new Er7Exception(
          Problem.INTERNAL, "MSH", "at most " + most + " " + what, Optional.of(header));
    }
  }
}
