package io.medtwin.simulator.pty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no pseudo terminals of this kind")
class VirtualSerialPortTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TempDir Path directory;

  @Test
  void all256BytesPassBothWaysUnchanged() throws Exception {
    try (var port = VirtualSerialPort.open(directory.resolve("pump"));
        var gateway = new RandomAccessFile(port.path().toFile(), "rw")) {
      byte[] all = allBytes();

      assertThat(port.write(ByteBuffer.wrap(all))).isEqualTo(256);
      var received = new byte[256];
      gateway.readFully(received);
      assertThat(received).isEqualTo(all);

      gateway.write(all);
      var answer = ByteBuffer.allocate(256);
      while (answer.hasRemaining() && port.read(answer, PATIENCE) > 0) {
        // as many reads as the kernel makes of it
      }
      assertThat(answer.array()).isEqualTo(all);
    }
  }

  @Test
  void whatIsSentWhileNobodyListensIsLostAsOnARealLine() throws Exception {
    try (var port = VirtualSerialPort.open(directory.resolve("oximeter"))) {
      assertThat(port.isOpenElsewhere()).isFalse();
      assertThat(port.write(ByteBuffer.wrap(new byte[] {1, 2, 3}))).isZero();
      assertThat(port.lostBytes()).isEqualTo(3);

      try (var gateway = new RandomAccessFile(port.path().toFile(), "rw")) {
        assertThat(port.isOpenElsewhere()).isTrue();
        port.write(ByteBuffer.wrap(new byte[] {9}));
        assertThat(gateway.read()).isEqualTo(9);
      }
      assertThat(port.isOpenElsewhere()).isFalse();
    }
  }

  @Test
  void aReaderThatDoesNotReadNeverBlocksTheDevice() throws Exception {
    try (var port = VirtualSerialPort.open(directory.resolve("full"));
        var gateway = new RandomAccessFile(port.path().toFile(), "rw")) {
      int sent = 0;
      for (int i = 0; i < 100; i++) {
        sent += port.write(ByteBuffer.wrap(new byte[4096]));
      }

      assertThat(port.lostBytes()).isPositive().isEqualTo(409_600 - sent);
      assertThat(gateway.read()).isZero();
    }
  }

  @Test
  void unpluggingHangsUpAndPluggingBringsThePathBack() throws Exception {
    try (var port = VirtualSerialPort.open(directory.resolve("monitor"))) {
      try (var gateway = new RandomAccessFile(port.path().toFile(), "rw")) {
        port.unplug();

        assertThat(Files.exists(port.path(), LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(gateway.read()).isEqualTo(-1);
        assertThatThrownBy(() -> gateway.write(1)).isInstanceOf(IOException.class);
        assertThat(port.read(ByteBuffer.allocate(1), Duration.ofMillis(1))).isZero();
        assertThatThrownBy(port::slavePath).isInstanceOf(IllegalStateException.class);
      }
      port.plug();
      try (var gateway = new RandomAccessFile(port.path().toFile(), "rw")) {
        port.write(ByteBuffer.wrap(new byte[] {42}));
        assertThat(gateway.read()).isEqualTo(42);
      }
    }
  }

  @Test
  void closingEndsABlockedReadAndCleansUp() throws Exception {
    var port = VirtualSerialPort.open();
    var reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (port.read(ByteBuffer.allocate(8), PATIENCE) >= 0) {
                      // until closed
                    }
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    port.close();

    assertThat(reader.join(PATIENCE)).isTrue();
    assertThat(port.path().getParent()).doesNotExist();
    port.close();
  }

  private static byte[] allBytes() {
    var all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return all;
  }
}
