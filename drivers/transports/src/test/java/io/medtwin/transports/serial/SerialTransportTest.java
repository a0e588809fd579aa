package io.medtwin.transports.serial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.transport.ByteWire;
import io.medtwin.transports.serial.SerialConfig.FlowControl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "the virtual serial cable is a Linux pseudo terminal")
class SerialTransportTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void bytesPassBothWaysWithParityAndSevenBits() throws Exception {
    try (var device = new PseudoTerminal()) {
      var wire = open(device, "19200 7E1");
      wire.write(ascii("GET\r"));
      assertThat(device.receive(4)).isEqualTo(bytes("GET\r"));
      device.send(bytes("97%\r\n"));
      assertThat(read(wire, 5)).isEqualTo("97%\r\n");
      wire.close();
    }
  }

  @Test
  void everyByteValuePassesUnchanged() throws Exception {
    try (var device = new PseudoTerminal()) {
      var wire = open(device, "115200 8N1");
      var all = new byte[256];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) i;
      }
      device.send(all);
      var into = ByteBuffer.allocate(256);
      while (into.hasRemaining()) {
        assertThat(wire.read(into, LONG)).isPositive();
      }
      assertThat(into.array()).isEqualTo(all);
      wire.write(ByteBuffer.wrap(all));
      assertThat(device.receive(256)).isEqualTo(all);
      wire.close();
    }
  }

  @Test
  void lineParametersReachThePort() throws Exception {
    try (var device = new PseudoTerminal()) {
      var wire = open(device, "19200 8N2 rts/cts");
      // A pseudo terminal keeps speed, stop bits and flow control; parity it forgets by design.
      assertThat(stty(device.path()))
          .contains("speed 19200 baud")
          .containsPattern("(?<!-)cstopb")
          .containsPattern("(?<!-)crtscts");
      wire.close();
    }
  }

  @Test
  void aSymbolicLinkLeadsToThePort() throws Exception {
    try (var device = new PseudoTerminal()) {
      Path link = folder.resolve("usb-maker_cable-if00");
      Files.createSymbolicLink(link, Path.of(device.path()));
      var transport = new SerialTransport(SerialConfig.of(link.toString(), 9600));
      var wire = transport.open();
      device.send(bytes("x"));
      assertThat(read(wire, 1)).isEqualTo("x");
      assertThat(transport.name()).isEqualTo("serial:" + link + " 9600 8N1");
      wire.close();
    }
  }

  @Test
  void silenceIsZeroBytesAndTheWireStaysUsable() throws Exception {
    try (var device = new PseudoTerminal()) {
      var wire = open(device, "9600 8N1");
      assertThat(wire.read(ByteBuffer.allocate(1), Duration.ofMillis(10))).isZero();
      device.send(bytes("x"));
      assertThat(read(wire, 1)).isEqualTo("x");
      wire.close();
    }
  }

  @Test
  void aVanishedAdapterEndsABlockedReadWithinASecond() throws Exception {
    var device = new PseudoTerminal();
    var wire = open(device, "9600 8N1");
    var reading = onThread(() -> wire.read(ByteBuffer.allocate(1), LONG));
    device.close();
    assertThatThrownBy(() -> reading.get(1, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("the port is gone");
    assertThatThrownBy(() -> wire.write(ascii("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the port is gone");
    wire.close();
  }

  @Test
  void closingEndsABlockedReadWithinASecond() throws Exception {
    try (var device = new PseudoTerminal()) {
      var wire = open(device, "9600 8N1");
      var reading = onThread(() -> wire.read(ByteBuffer.allocate(1), LONG));
      long before = System.nanoTime();
      wire.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
      assertThatThrownBy(() -> reading.get(1, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class)
          .hasMessageContaining("closed by the gateway");
    }
  }

  @Test
  void closingEndsAWriteThatTheLineHoldsWithinASecond() throws Exception {
    try (var device = new PseudoTerminal()) {
      var wire = open(device, "9600 8N1");
      var writing =
          onThread(
              () -> {
                wire.write(ByteBuffer.allocate(1024 * 1024)); // nobody reads the other end
                return 0;
              });
      assertThatThrownBy(() -> writing.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      long before = System.nanoTime();
      wire.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
      assertThatThrownBy(() -> writing.get(1, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class)
          .hasMessageContaining("closed by the gateway");
    }
  }

  @Test
  void anInterruptEndsABlockedRead() throws Exception {
    try (var device = new PseudoTerminal()) {
      var wire = open(device, "9600 8N1");
      var interrupted = new CompletableFuture<Throwable>();
      Thread reader =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      wire.read(ByteBuffer.allocate(1), LONG);
                    } catch (IOException | InterruptedException e) {
                      interrupted.complete(e);
                    }
                  });
      reader.interrupt();
      assertThat(interrupted.get(1, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      wire.close();
    }
  }

  @Test
  void aPortInUseSaysSoAndOpensOnceItIsFree() throws Exception {
    try (var device = new PseudoTerminal()) {
      var first = open(device, "9600 8N1");
      assertThatThrownBy(() -> open(device, "9600 8N1"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another link or program")
          .hasMessageContaining("fuser -v " + device.path());
      first.close();
      open(device, "9600 8N1").close();
    }
  }

  @Test
  void aBreakIsSentAndThePortGoesOn() throws Exception {
    try (var device = new PseudoTerminal()) {
      var config = SerialConfig.of(device.path(), 9600).withBreakOnOpen(Duration.ofMillis(20));
      var wire = new SerialTransport(config).open();
      wire.sendBreak(Duration.ofMillis(5));
      device.send(bytes("x"));
      assertThat(read(wire, 1)).isEqualTo("x");
      wire.close();
    }
  }

  @Test
  void aMissingPortSaysWhereToLook() {
    var transport = new SerialTransport(SerialConfig.of(folder + "/ttyUSB9", 9600));
    assertThatThrownBy(transport::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such port")
        .hasMessageContaining("/dev/serial/by-id");
  }

  @Test
  void aFileThatIsNoSerialPortSaysSo() throws Exception {
    Path file = Files.createFile(folder.resolve("notes.txt"));
    var transport = new SerialTransport(SerialConfig.of(file.toString(), 9600));
    assertThatThrownBy(transport::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a serial port");
  }

  @Test
  void deniedPermissionNamesTheGroupToJoin() {
    var port = Path.of("/dev/null");
    assertThat(PortTrouble.ofErrorNumber("serial:/dev/null", port, 13, true))
        .hasMessageContaining("usermod -aG root");
  }

  @Test
  void flowControlIsPartOfTheName() {
    var config = SerialConfig.of("/dev/ttyS0", 1200).withFlowControl(FlowControl.XON_XOFF);
    assertThat(new SerialTransport(config).name()).isEqualTo("serial:/dev/ttyS0 1200 8N1 xon/xoff");
  }

  private static SerialWire open(PseudoTerminal device, String line) throws Exception {
    return new SerialTransport(SerialConfig.parse(device.path(), line)).open();
  }

  private static String stty(String path) throws IOException {
    var process = new ProcessBuilder("stty", "-a", "-F", path).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), US_ASCII);
  }

  private static String read(ByteWire wire, int count) throws Exception {
    var into = ByteBuffer.allocate(count);
    while (into.hasRemaining()) {
      assertThat(wire.read(into, LONG)).isPositive();
    }
    return new String(into.array(), US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(bytes(text));
  }

  /** Runs on a platform thread and returns when it has begun. */
  private static <T> CompletableFuture<T> onThread(Callable<T> work) throws InterruptedException {
    var result = new CompletableFuture<T>();
    var begun = new CountDownLatch(1);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              begun.countDown();
              try {
                result.complete(work.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    begun.await();
    return result;
  }
}
