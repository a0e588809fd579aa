package io.medtwin.app.self;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {

  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }

  @Test
  void whatTheSystemTellsIsReadAndTheHottestZoneCounts() throws Exception {
    write("proc/stat", "cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 1 1 1\n");
    write("proc/self/status", "Name:\tjava\nVmRSS:\t  2048 kB\n");
    write("proc/meminfo", "MemTotal:       4096 kB\nMemAvailable:   1024 kB\n");
    write("sys/class/thermal/thermal_zone0/temp", "41500\n");
    write("sys/class/thermal/thermal_zone2/temp", "55250\n");
    var host = new Host(root, root);
    host.now();
    write("proc/stat", "cpu  150 0 125 725 100 0 0 0 0 0\n");

    var now = host.now();

    assertThat(now.cpuPercent()).isEqualTo(OptionalDouble.of(75));
    assertThat(now.rss()).isEqualTo(OptionalLong.of(2 << 20));
    assertThat(now.memoryFree()).isEqualTo(OptionalLong.of(1 << 20));
    assertThat(now.memoryTotal()).isEqualTo(OptionalLong.of(4 << 20));
    assertThat(now.temperature()).isEqualTo(OptionalDouble.of(55.25));
    assertThat(now.diskTotal().orElseThrow()).isPositive();
    assertThat(now.heap()).isPositive();
  }

  @Test
  void aSystemThatTellsNothingHasNoValues() {
    var host = new Host(root, root.resolve("missing"));
    assertThat(host.now())
        .returns(OptionalDouble.empty(), Host.Now::cpuPercent)
        .returns(OptionalLong.empty(), Host.Now::rss)
        .returns(OptionalLong.empty(), Host.Now::diskFree)
        .returns(OptionalDouble.empty(), Host.Now::temperature);
    assertThat(host.isClockSynchronised()).isEmpty();
  }

  @Test
  void theCertificateThatEndsFirstIsFoundAndABrokenFileHindersNothing() throws Exception {
    Path broken = root.resolve("broken.pem");
    Files.writeString(broken, "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n");
    var files = List.of(broken, root.resolve("missing.pem"), ca());

    var first = Certificates.first(files, Instant.parse("2030-01-01T00:00:00Z")).orElseThrow();

    assertThat(first.file()).isEqualTo("ca.pem");
    assertThat(first.days()).isNotZero();
    assertThat(Certificates.first(List.of(broken), Instant.EPOCH)).isEmpty();
  }

  /** A root of the JDK's own store, as PEM. */
  private Path ca() throws Exception {
    var store = java.security.KeyStore.getInstance(java.security.KeyStore.getDefaultType());
    try (var in =
        Files.newInputStream(
            Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"))) {
      store.load(in, null);
    }
    var some = store.getCertificate(store.aliases().nextElement());
    var file = root.resolve("ca.pem");
    Files.writeString(
        file,
        "-----BEGIN CERTIFICATE-----\n"
            + java.util.Base64.getMimeEncoder().encodeToString(some.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    return file;
  }
}
