package io.medtwin.transports.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.medtwin.spi.transport.MessageWire;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A second implementation, in C, on the real wire: libcoap's command line client. */
class LibcoapTest {

  @Test
  void libcoapPostsInThePlain() throws Exception {
    var client = client("coap-client-notls", "coap-client", "coap-client-gnutls");
    try (var bench = new Bench();
        var wire = bench.hub.transportFor("band-7").open()) {
      var uri = "coap://127.0.0.1:" + bench.plainPort() + "/ingest/band-7";
      assertThat(post(wire, client, List.of(), uri)).isEqualTo("[{\"n\":\"hr\",\"v\":71}]");
    }
  }

  @Test
  void libcoapPostsOverDtlsWithItsKey() throws Exception {
    var client = client("coap-client-openssl", "coap-client-gnutls", "coap-client");
    try (var bench = new Bench();
        var wire = bench.hub.transportFor("band-7").open()) {
      var uri = "coaps://127.0.0.1:" + bench.securePort() + "/ingest/band-7";
      var key = new String(Bench.BAND_KEY, StandardCharsets.US_ASCII);
      assertThat(post(wire, client, List.of("-u", "band-7", "-k", key), uri))
          .isEqualTo("[{\"n\":\"hr\",\"v\":71}]");
    }
  }

  /** Posts with the client, accepts, and waits for the client to be content. */
  private static String post(MessageWire wire, String client, List<String> options, String uri)
      throws Exception {
    var command =
        Stream.of(
                Stream.of(client, "-m", "post", "-t", "110", "-B", "10"),
                options.stream(),
                Stream.of("-e", "[{\"n\":\"hr\",\"v\":71}]", uri))
            .flatMap(part -> part)
            .toList();
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      var delivery = Bench.next(wire);
      assertThat(delivery.message().contentType()).isEqualTo("application/senml+json");
      delivery.accept(null);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(output).isZero();
      assertThat(output).doesNotContain("4.").doesNotContain("5.");
      return new String(delivery.message().bytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroy();
    }
  }

  private static String client(String... names) {
    var found =
        Arrays.stream(names)
            .flatMap(
                name ->
                    Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(folder -> new File(folder, name)))
            .filter(File::canExecute)
            .findFirst();
    assumeTrue(
        found.isPresent(),
        "none of " + List.of(names) + " on the PATH; install libcoap3-bin to run this test");
    return found.orElseThrow().getPath();
  }
}
