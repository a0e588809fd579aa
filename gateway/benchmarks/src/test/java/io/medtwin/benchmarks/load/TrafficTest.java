package io.medtwin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrafficTest {

  @Test
  void theNumberOfMessagesTellsTheLastOneOfEachDevice() {
    var traffic = new Traffic(7);
    var last = new long[7];
    for (long sent = 0; sent < 100; sent++) {
      for (int device = 0; device < 7; device++) {
        assertThat(traffic.last(device, sent)).isEqualTo(last[device]);
      }
      last[traffic.device(sent)] = traffic.number(sent);
    }
  }

  @Test
  void aPackTellsItsNumberThreeTimesAndWhenItWasSent() {
    assertThat(
            new String(
                Traffic.pack("d00007", 105, 1_795_000_000_000_042L), StandardCharsets.US_ASCII))
        .isEqualTo(
            "[{\"bn\":\"urn:bench:d00007:\",\"bt\":1795000000.000042,\"n\":\"heart-rate\",\"u\":\"beat/min\",\"v\":105},"
                + "{\"n\":\"spo2\",\"u\":\"/\",\"v\":1.05},{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":10.5}]");
  }
}
