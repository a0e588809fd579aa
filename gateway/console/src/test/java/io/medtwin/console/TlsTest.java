package io.medtwin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS with a certificate in PEM. */
class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;
  private Path certificates;
  private Path key;

  @BeforeEach
  void names() {
    certificates = folder.resolve("console.pem");
    key = folder.resolve("console-key.pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void aBrowserThatTrustsTheCertificateIsAnswered(String algorithm) throws Exception {
    var store = generate(algorithm);
    try (var console = new TestConsole(config(), true);
        var socket = socket(store, console.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/devices HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 200").contains("ox-1");
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(console.raw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .as("without TLS")
          .doesNotContain("HTTP/1.1 200");
    }
  }

  @Test
  void aCookieOfHttpsStaysThere() throws Exception {
    var plain =
        new ConsoleConfig(
            "127.0.0.1", 0, folder, Optional.empty(), true, Optional.empty()); // behind a proxy
    try (var console = new TestConsole(plain, true)) {
      var code = console.console.oneTimeCode().orElseThrow();
      var cookie =
          console
              .ask(
                  "POST",
                  "/api/v1/claim",
                  "{\"code\":\"" + code + "\",\"user\":\"root\",\"password\":\"twelve letters\"}")
              .headers()
              .firstValue("Set-Cookie")
              .orElseThrow();
      assertThat(cookie).contains("; Secure");
    }
  }

  @Test
  void aKeyThatIsNoneIsSaidSoWithWhatToDo() throws Exception {
    generate("EC");
    Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n");
    assertThatThrownBy(() -> new TestConsole(config(), true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");

    Files.writeString(certificates, "nothing");
    assertThatThrownBy(() -> new TestConsole(config(), true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("console.pem");
  }

  private ConsoleConfig config() {
    return new ConsoleConfig(
        "127.0.0.1",
        0,
        folder,
        Optional.of(new ConsoleConfig.Certificate(certificates, key)),
        false,
        Optional.empty());
  }

  private static SSLSocket socket(KeyStore trusted, int port) throws Exception {
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
  }

  /** Writes both PEM files, and gives what a browser would trust. */
  private KeyStore generate(String algorithm) throws Exception {
    var file = folder.resolve("generated.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-alias",
                "console",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    var store = KeyStore.getInstance("PKCS12");
    try (var in = new FileInputStream(file.toFile())) {
      store.load(in, PASSWORD);
    }
    var certificate = store.getCertificate("console");
    Files.writeString(certificates, pem("CERTIFICATE", certificate.getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", store.getKey("console", PASSWORD).getEncoded()));
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("console", certificate);
    return trusted;
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + what
        + "-----\n";
  }
}
