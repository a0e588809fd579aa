package io.medtwin.simulator.physiology;

import io.medtwin.simulator.physiology.WfdbHeader.Signal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A WFDB record with all its samples, storage formats 212 (pairs of 12-bit samples in three bytes)
 * and 16 (little-endian), as WFDB Applications Guide, signal(5) describes them. Immutable.
 */
final class WfdbRecord {
  private final WfdbHeader header;
  private final int[][] counts;

  private WfdbRecord(WfdbHeader header, int[][] counts) {
    this.header = header;
    this.counts = counts;
  }

  /**
   * One of the recordings beside this class, checked against the sums in its header.
   *
   * @throws UncheckedIOException it is missing or damaged
   */
  static WfdbRecord bundled(String name) {
    try {
      var header =
          WfdbHeader.parse(new String(bundledFile(name + ".hea"), StandardCharsets.US_ASCII));
      var record = decode(header, bundledFile(header.signals().getFirst().file()));
      record.requireIntact();
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Content of a file beside this class. */
  static byte[] bundledFile(String name) throws IOException {
    try (var in = WfdbRecord.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("no recording " + name);
      }
      return in.readAllBytes();
    }
  }

  /**
   * Takes the samples out of a signal file.
   *
   * @throws IllegalArgumentException the header asks for another format, or the file is shorter
   *     than the header says
   */
  static WfdbRecord decode(WfdbHeader header, byte[] file) {
    var first = header.signals().getFirst();
    int total = Math.multiplyExact(header.frames(), header.samplesPerFrame());
    int[] mixed =
        switch (first.format()) {
          case 16 -> decode16(file, first.byteOffset(), total);
          case 212 -> decode212(file, first.byteOffset(), total);
          default ->
              throw new IllegalArgumentException(
                  header.record() + ": storage format " + first.format() + " is not 16 or 212");
        };
    var counts = new int[header.signals().size()][];
    int perFrame = header.samplesPerFrame();
    int offset = 0;
    for (int s = 0; s < counts.length; s++) {
      int each = header.signals().get(s).samplesPerFrame();
      counts[s] = new int[header.frames() * each];
      for (int i = 0; i < counts[s].length; i++) {
        counts[s][i] = mixed[i / each * perFrame + offset + i % each];
      }
      offset += each;
    }
    return new WfdbRecord(header, counts);
  }

  WfdbHeader header() {
    return header;
  }

  /** Samples a second of one signal. */
  double rate(String label) {
    return header.frameRate() * header.signals().get(index(label)).samplesPerFrame();
  }

  /** Counts of one signal as stored. */
  int[] counts(String label) {
    return counts[index(label)].clone();
  }

  /** One signal in its unit, moved back by its skew; not-a-number where a sample is missing. */
  double[] physical(String label) {
    int index = index(label);
    Signal signal = header.signals().get(index);
    int missing = signal.format() == 16 ? Short.MIN_VALUE : -2048;
    int shift = signal.skew() * signal.samplesPerFrame();
    var values = new double[counts[index].length - shift];
    for (int i = 0; i < values.length; i++) {
      int count = counts[index][i + shift];
      values[i] = count == missing ? Double.NaN : (count - signal.baseline()) / signal.gain();
    }
    return values;
  }

  /** Sum of all counts of one signal, as signed 16 bits. */
  int checksum(String label) {
    int sum = 0;
    for (int count : counts[index(label)]) {
      sum += count;
    }
    return (short) sum;
  }

  private void requireIntact() throws IOException {
    for (var signal : header.signals()) {
      if (checksum(signal.label()) != signal.checksum()) {
        throw new IOException(
            header.record()
                + " "
                + signal.label()
                + ": expected checksum "
                + signal.checksum()
                + ", got "
                + checksum(signal.label()));
      }
    }
  }

  private int index(String label) {
    List<String> labels = header.signals().stream().map(Signal::label).toList();
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException(header.record() + " has " + labels + ", not " + label);
    }
    return index;
  }

  private static int[] decode16(byte[] file, int offset, int total) {
    require(file.length - offset >= total * 2L);
    var samples = new int[total];
    for (int i = 0; i < total; i++) {
      int at = offset + 2 * i;
      samples[i] = (short) (file[at] & 0xFF | file[at + 1] << 8);
    }
    return samples;
  }

  private static int[] decode212(byte[] file, int offset, int total) {
    require(file.length - offset >= (total * 3L + 1) / 2);
    var samples = new int[total];
    for (int i = 0; i < total; i++) {
      int at = offset + i / 2 * 3;
      int middle = file[at + 1] & 0xFF;
      int raw =
          i % 2 == 0
              ? file[at] & 0xFF | (middle & 0x0F) << 8
              : file[at + 2] & 0xFF | (middle & 0xF0) << 4;
      samples[i] = raw > 2047 ? raw - 4096 : raw;
    }
    return samples;
  }

  private static void require(boolean longEnough) {
    if (!longEnough) {
      throw new IllegalArgumentException("signal file is shorter than its header says");
    }
  }
}
