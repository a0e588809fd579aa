package io.medtwin.simulator.physiology;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.simulator.physiology.WfdbAnnotations.Annotation;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BeatDetectorTest {
  private static final double TOLERANCE_SECONDS = 0.075;

  @Test
  void theBeatsOfRecord100AreThoseCardiologistsMarked() throws IOException {
    var record = WfdbRecord.bundled("100");
    double rate = record.rate("MLII");
    int[] found = BeatDetector.beats(record.physical("MLII"), rate);
    long[] marked =
        WfdbAnnotations.parse(WfdbRecord.bundledFile("100.atr")).stream()
            .filter(Annotation::isBeat)
            .mapToLong(Annotation::sample)
            .toArray();

    int matched = matches(found, marked, TOLERANCE_SECONDS * rate);
    double sensitivity = matched / (double) marked.length;
    double precision = matched / (double) found.length;

    assertThat(sensitivity).as("sensitivity, %s of %s", matched, marked.length).isGreaterThan(0.99);
    assertThat(precision).as("precision, %s of %s", matched, found.length).isGreaterThan(0.99);
  }

  @Test
  void aFlatLineHasNoBeats() {
    assertThat(BeatDetector.beats(new double[3600], 360)).isEmpty();
  }

  private static int matches(int[] found, long[] marked, double tolerance) {
    int matched = 0;
    int f = 0;
    for (long mark : marked) {
      while (f < found.length && found[f] < mark - tolerance) {
        f++;
      }
      if (f < found.length && found[f] <= mark + tolerance) {
        matched++;
        f++;
      }
    }
    return matched;
  }
}
