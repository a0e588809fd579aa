package io.medtwin.simulator.physiology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WfdbRecordTest {
  @ParameterizedTest
  @CsvSource({
    "100, MLII, 650000, 995, -22131",
    "100, V5, 650000, 1011, 20052",
    "a103l, II, 82500, -171, -27403",
    "a103l, V, 82500, 9127, -301",
    "a103l, PLETH, 82500, 6042, -17391",
    "03700181, MCL1, 300000, 67, -11266",
    "03700181, ABP, 75000, -943, -23651",
    "03700181, RESP, 75000, -304, 6310",
  })
  void everySampleIsDecodedAsItsPublisherCountedIt(
      String record, String label, int samples, int first, int checksum) {
    var decoded = WfdbRecord.bundled(record);

    assertThat(decoded.counts(label)).hasSize(samples).startsWith(first);
    assertThat(decoded.checksum(label)).isEqualTo(checksum);
  }

  @Test
  void countsBecomeUnitsByGainAndBaseline() {
    assertThat(WfdbRecord.bundled("100").physical("MLII")[0]).isEqualTo(-0.145, within(1e-9));
    assertThat(WfdbRecord.bundled("03700181").physical("ABP")[0]).isEqualTo(51.56, within(0.01));
  }

  @Test
  void aSkewedSignalIsMovedBackToItsPlace() {
    var record = WfdbRecord.bundled("03700181");

    assertThat(record.physical("RESP")).hasSize(74996);
    assertThat(record.physical("RESP")[0]).isEqualTo(record.counts("RESP")[4] / 2000.0);
  }

  @Test
  void aShortFileIsRefused() {
    var header = WfdbHeader.parse("x 1 360 4\nx.dat 212 200 11 0 0 0 0 I\n");

    assertThatThrownBy(() -> WfdbRecord.decode(header, new byte[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shorter");
  }

  @Test
  void annotationsOfRecord100AreItsKnownBeats() throws IOException {
    var annotations = WfdbAnnotations.parse(WfdbRecord.bundledFile("100.atr"));

    assertThat(annotations).hasSize(2274);
    assertThat(annotations.stream().filter(a -> a.isBeat())).hasSize(2273);
    assertThat(annotations.stream().filter(a -> a.type() == 8)).hasSize(33);
    assertThat(annotations.stream().filter(a -> a.type() == 5)).hasSize(1);
    assertThat(annotations.getFirst().type()).isEqualTo(28);
  }
}
