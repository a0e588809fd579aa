package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import io.medtwin.twin.backend.TwinBackend.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with a certificate authority of the site's own. */
class TrustedCaTest {

  private static final String PASSWORD = "for-this-test-only";

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Path folder;

  @Test
  void aServerWithACertificateOfTheConfiguredAuthorityIsTrusted() throws Exception {
    try (EmbeddedDitto ditto = ditto();
        TlsFront front = new TlsFront(certificate("localhost"), ditto.port());
        DittoBackend backend =
            new DittoBackend(config(front.address()).withTrustedCa(folder.resolve("ca.pem")))) {
      backend.start();

      Await.until("connected over TLS", () -> backend.reach() == Reach.CONNECTED);
    }
  }

  @Test
  void anUnknownAuthorityIsNotTrusted() throws Exception {
    try (EmbeddedDitto ditto = ditto();
        TlsFront front = new TlsFront(certificate("localhost"), ditto.port());
        DittoBackend backend = new DittoBackend(config(front.address()))) {
      backend.start();

      Await.until("two refusals", () -> backend.counts().failedAttempts() >= 2);
      assertThat(backend.counts().sessions()).isZero();
    }
  }

  @Test
  void aTrustedCertificateOfAnotherHostIsNotEnough() throws Exception {
    try (EmbeddedDitto ditto = ditto();
        TlsFront front = new TlsFront(certificate("ditto.example.org"), ditto.port());
        DittoBackend backend =
            new DittoBackend(config(front.address()).withTrustedCa(folder.resolve("ca.pem")))) {
      backend.start();

      Await.until("two refusals", () -> backend.counts().failedAttempts() >= 2);
      assertThat(backend.counts().sessions()).isZero();
    }
  }

  @Test
  void aFileWithoutCertificatesIsAnErrorThatNamesIt() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "certainly not");

    assertThatThrownBy(() -> TrustedCa.read(empty)).hasMessageContaining("empty.pem");
    assertThatThrownBy(() -> TrustedCa.read(nonsense)).hasMessageContaining("nonsense.pem");
  }

  private static EmbeddedDitto ditto() throws IOException {
    return EmbeddedDitto.start(EmbeddedDittoConfig.inMemory(InstantSource.system()));
  }

  private static DittoConfig config(URI endpoint) {
    return DittoConfig.of(
            endpoint, new DittoLogin.Basic("ditto", () -> "ditto"), DittoRoles.of("nginx:ditto"))
        .withBackOff(new BackOff(Duration.ofMillis(1), Duration.ofMillis(10)));
  }

  /** Makes a self-signed certificate for a host, its key store and {@code ca.pem}. */
  private SSLContext certificate(String host) throws Exception {
    Path store = folder.resolve("server.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + host,
        "-ext",
        "SAN=dns:" + host,
        "-validity",
        "2",
        "-keystore",
        store.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-file",
        folder.resolve("ca.pem").toString(),
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String... arguments) throws Exception {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(java.util.List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** Takes TLS off and passes the rest on. */
  private static final class TlsFront implements AutoCloseable {
    private final SSLServerSocket listening;
    private final int target;

    TlsFront(SSLContext context, int target) throws IOException {
      this.target = target;
      this.listening =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::accept);
    }

    URI address() {
      return URI.create("https://localhost:" + listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }

    private void accept() {
      while (!listening.isClosed()) {
        try {
          Socket client = listening.accept();
          Thread.ofVirtual().start(() -> serve(client));
        } catch (IOException e) {
          // closed
        }
      }
    }

    private void serve(Socket client) {
      try (client;
          Socket onward = new Socket(InetAddress.getLoopbackAddress(), target)) {
        Thread back = Thread.ofVirtual().start(() -> pump(onward, client));
        pump(client, onward);
        back.interrupt();
      } catch (IOException e) {
        // the handshake failed or somebody hung up
      }
    }

    private static void pump(Socket from, Socket to) {
      try {
        from.getInputStream().transferTo(to.getOutputStream());
        to.close();
      } catch (IOException e) {
        // somebody hung up
      }
    }
  }
}
