package io.medtwin.benchmarks.crash.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProbeDriverTest {

  @Test
  void eachLineIsAReportInTheMessagesOrder() {
    var time = new DeviceTime.Utc(Instant.ofEpochMilli(5), false);

    assertThat(ProbeDriver.read("time 5\nstart a1\nend a0\nevent e1\ncount 17"))
        .containsExactly(
            alert("a1", Alert.Phase.START, time),
            alert("a0", Alert.Phase.END, time),
            new DeviceEvent(ProbeDriver.EVENT, "e1", time),
            Reading.of("count", Numeric.of(17, "1")).at(time));
  }

  @Test
  void aMessageWithAnUnknownWordIsRefusedWhole() {
    assertThatThrownBy(() -> ProbeDriver.read("count 1\nconut 2"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Alert alert(String id, Alert.Phase phase, DeviceTime time) {
    return new Alert(
        id, ProbeDriver.ALERT, phase, Alert.Priority.LOW, Alert.Kind.TECHNICAL, id, null, time);
  }
}
