package io.medtwin.simulator.physiology;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A WFDB header file ({@code .hea}): which signals a record has and how their samples are stored
 * (WFDB Applications Guide, header(5)).
 *
 * @param record name of the record
 * @param frameRate frames a second; a frame holds one or more samples of each signal
 * @param frames frames in the record
 * @param signals in the order of their samples within a frame; all in one file
 */
record WfdbHeader(String record, double frameRate, int frames, List<Signal> signals) {
  private static final int MAX_SIGNALS = 64;
  private static final double DEFAULT_GAIN = 200;
  private static final Pattern STORAGE =
      Pattern.compile("(\\d+)(?:x(\\d+))?(?::(\\d+))?(?:\\+(\\d+))?");
  private static final Pattern GAIN =
      Pattern.compile("([-+.eE\\d]+)(?:\\((-?\\d+)\\))?(?:/(\\S+))?");

  /**
   * One signal.
   *
   * @param file file that holds it
   * @param format 212 or 16
   * @param samplesPerFrame samples of it in a frame
   * @param skew frames by which it is stored late: its first samples belong before the record
   * @param byteOffset bytes before the first frame of the file
   * @param gain counts per unit
   * @param baseline count of value 0
   * @param unit unit of the scaled value
   * @param initial its first count
   * @param checksum sum of all counts, as signed 16 bits
   * @param label what it is, {@code MLII}
   */
  record Signal(
      String file,
      int format,
      int samplesPerFrame,
      int skew,
      int byteOffset,
      double gain,
      int baseline,
      String unit,
      int initial,
      int checksum,
      String label) {}

  WfdbHeader {
    signals = List.copyOf(signals);
  }

  /**
   * Reads the text of a header file.
   *
   * @throws IllegalArgumentException it is no header of a single-segment record
   */
  static WfdbHeader parse(String text) {
    var lines =
        text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    var first = lines.isEmpty() ? new String[0] : lines.getFirst().split("\\s+");
    if (first.length < 4 || first[0].contains("/")) {
      throw new IllegalArgumentException("expected \"record signals frequency samples\"");
    }
    int count = Integer.parseInt(first[1]);
    if (count < 1 || count > MAX_SIGNALS || lines.size() < count + 1) {
      throw new IllegalArgumentException(
          first[0] + ": expected 1 to " + MAX_SIGNALS + " signals, each with a line");
    }
    var signals = new ArrayList<Signal>();
    for (var line : lines.subList(1, count + 1)) {
      signals.add(signal(line));
    }
    return new WfdbHeader(
        first[0], Double.parseDouble(first[2]), Integer.parseInt(first[3]), signals);
  }

  /** Samples of all signals in one frame. */
  int samplesPerFrame() {
    return signals.stream().mapToInt(Signal::samplesPerFrame).sum();
  }

  private static Signal signal(String line) {
    var fields = line.split("\\s+", 9);
    if (fields.length < 9) {
      throw new IllegalArgumentException("expected 9 fields of a signal, got " + fields.length);
    }
    var storage = match(STORAGE, fields[1]);
    var scale = match(GAIN, fields[2]);
    int zero = Integer.parseInt(fields[4]);
    double gain = Double.parseDouble(scale.group(1));
    return new Signal(
        fields[0],
        Integer.parseInt(storage.group(1)),
        number(storage, 2, 1),
        number(storage, 3, 0),
        number(storage, 4, 0),
        gain == 0 ? DEFAULT_GAIN : gain,
        number(scale, 2, zero),
        scale.group(3) == null ? "mV" : scale.group(3),
        Integer.parseInt(fields[5]),
        Integer.parseInt(fields[6]),
        fields[8].strip());
  }

  private static Matcher match(Pattern pattern, String field) {
    var matcher = pattern.matcher(field);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected " + pattern + ", got \"" + field + "\"");
    }
    return matcher;
  }

  private static int number(Matcher matcher, int group, int otherwise) {
    var text = matcher.group(group);
    return text == null ? otherwise : Integer.parseInt(text);
  }
}
