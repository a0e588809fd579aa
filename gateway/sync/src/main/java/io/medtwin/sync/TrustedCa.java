package io.medtwin.sync;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.ditto.client.configuration.TrustStoreConfiguration;

/**
 * Certificate authorities in a PEM file, in the form the client wants: the URL of a Java key store
 * with a password. The store lives in memory only.
 */
final class TrustedCa {

  private TrustedCa() {}

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read or holds no certificate
   */
  static TrustStoreConfiguration read(Path pem) throws IOException {
    String password = UUID.randomUUID().toString();
    return TrustStoreConfiguration.newBuilder()
        .location(inMemory(keyStore(pem, password)))
        .password(password)
        .build();
  }

  /** The same as a context of the JDK's own clients. */
  static SSLContext context(Path pem) throws IOException {
    try {
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities(pem));
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + ": expected certificates in PEM: " + e.getMessage(), e);
    }
  }

  private static byte[] keyStore(Path pem, String password) throws IOException {
    try {
      var bytes = new ByteArrayOutputStream();
      authorities(pem).store(bytes, password.toCharArray());
      return bytes.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + ": expected certificates in PEM: " + e.getMessage(), e);
    }
  }

  private static KeyStore authorities(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> authorities =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (authorities.isEmpty()) {
        throw new IOException(pem + ": expected certificates in PEM, found none");
      }
      KeyStore store = KeyStore.getInstance("JKS"); // the type the client asks for
      store.load(null, null);
      int number = 0;
      for (Certificate authority : authorities) {
        store.setCertificateEntry("ca-" + number++, authority);
      }
      return store;
    }
  }

  private static URL inMemory(byte[] content) throws IOException {
    return URL.of(
        URI.create("memory:trusted-ca"),
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
              @Override
              public void connect() {}

              @Override
              public InputStream getInputStream() {
                return new ByteArrayInputStream(content);
              }
            };
          }
        });
  }
}
