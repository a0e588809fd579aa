package io.medtwin.transports.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.transports.serial.SerialConfig.FlowControl;
import io.medtwin.transports.serial.SerialConfig.Parity;
import io.medtwin.transports.serial.SerialConfig.StopBits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerialConfigTest {

  @Test
  void everyPartOfALineIsRead() {
    var config = SerialConfig.parse("/dev/ttyUSB0", "38400 7E2 RTS/CTS");
    assertThat(config.baud()).isEqualTo(38_400);
    assertThat(config.dataBits()).isEqualTo(7);
    assertThat(config.parity()).isEqualTo(Parity.EVEN);
    assertThat(config.stopBits()).isEqualTo(StopBits.TWO);
    assertThat(config.flowControl()).isEqualTo(FlowControl.RTS_CTS);
  }

  @Test
  void aSpeedAloneIsEightBitsNoParityOneStopBit() {
    assertThat(SerialConfig.parse("COM3", "9600")).isEqualTo(SerialConfig.of("COM3", 9600));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9600 8N1", "1200 7O2 xon/xoff", "300 5S1.5", "4000000 8M1", "19200 8E1 rts/cts"})
  void aLineIsWrittenAsItIsRead(String line) {
    assertThat(SerialConfig.parse("/dev/ttyS0", line).line()).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fast",
        "9600 8N",
        "9600 9N1",
        "9600 8X1",
        "9600 8N3",
        "9600 8N1 maybe",
        "9600 8N1 none more",
        "49",
        "9600 8N1.5"
      })
  void anythingElseIsRefused(String line) {
    assertThatThrownBy(() -> SerialConfig.parse("/dev/ttyS0", line))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBreakHasALimit() {
    var config = SerialConfig.of("/dev/ttyS0", 9600);
    assertThatThrownBy(() -> config.withBreakOnOpen(Duration.ofSeconds(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT3S");
  }
}
