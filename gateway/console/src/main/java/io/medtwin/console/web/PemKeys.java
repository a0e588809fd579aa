package io.medtwin.console.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A certificate and its key as the JDK's TLS takes them. */
final class PemKeys {

  /** Protects a store that never leaves memory. */
  static final String PASSWORD = "memory";

  private static final long MOST_BYTES = 256 * 1024;
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private PemKeys() {}

  /**
   * Reads both files.
   *
   * @throws IOException a file cannot be read or is not what it should be
   */
  static KeyStore read(Tls files) throws IOException {
    var certificates = certificates(files.certificates());
    var key = key(files.key());
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("console", key, PASSWORD.toCharArray(), certificates);
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException(files.key() + ": does not fit " + files.certificates(), e);
    }
  }

  private static Certificate[] certificates(Path file) throws IOException {
    try (var in = new java.io.ByteArrayInputStream(bytes(file))) {
      var all = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new IOException(file + ": no certificate in it");
      }
      return all.toArray(new Certificate[0]);
    } catch (CertificateException e) {
      throw new IOException(file + ": expected certificates in PEM", e);
    }
  }

  private static PrivateKey key(Path file) throws IOException {
    var match = KEY.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
    if (!match.find()) {
      throw new IOException(
          file
              + ": expected a private key in PEM, PKCS #8, not encrypted; convert it with openssl"
              + " pkcs8 -topk8 -nocrypt");
    }
    var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(match.group(1)));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException e) {
        // a key of another algorithm
      }
    }
    throw new IOException(file + ": expected a key of " + String.join(", ", ALGORITHMS));
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + ": longer than " + MOST_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }
}
