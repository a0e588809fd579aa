package io.medtwin.transports.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust, and who we are, on a TLS connection (1.2 or newer, the server's name is always
 * checked). Files are PEM and read at each connecting, so a renewed certificate needs no restart.
 *
 * @param caFile certificates of the authorities to trust, and no others; null, the default, trusts
 *     those of the Java runtime
 * @param certificateFile our certificate and its chain; null, the default, shows none
 * @param keyFile our private key, unencrypted PKCS #8 ({@code BEGIN PRIVATE KEY}); null exactly
 *     when {@code certificateFile} is
 */
public record MqttTls(
    @Nullable Path caFile, @Nullable Path certificateFile, @Nullable Path keyFile) {

  private static final List<String> KEY_KINDS = List.of("EC", "RSA", "EdDSA");

  public MqttTls {
    if ((certificateFile == null) != (keyFile == null)) {
      throw new IllegalArgumentException("certificateFile and keyFile go together");
    }
  }

  /** Trusts what the Java runtime trusts, shows no certificate. */
  public static MqttTls systemTrust() {
    return new MqttTls(null, null, null);
  }

  /** Trusts the authorities in one file, shows no certificate. */
  public static MqttTls trusting(Path caFile) {
    return new MqttTls(caFile, null, null);
  }

  /** Reads the files. */
  SSLContext context() throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private TrustManager @Nullable [] trustManagers() throws IOException, GeneralSecurityException {
    if (caFile == null) {
      return null;
    }
    KeyStore trusted = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates(caFile)) {
      trusted.setCertificateEntry("ca" + number++, certificate);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private KeyManager @Nullable [] keyManagers() throws IOException, GeneralSecurityException {
    if (certificateFile == null || keyFile == null) {
      return null;
    }
    KeyStore own = emptyStore();
    var chain = certificates(certificateFile).toArray(Certificate[]::new);
    own.setKeyEntry("own", privateKey(keyFile), new char[0], chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException(file + ": no certificate in it; expected PEM");
      }
      return found;
    } catch (CertificateException e) {
      throw new IOException(file + ": not a PEM certificate, " + e.getMessage(), e);
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file);
    String begin = "-----BEGIN PRIVATE KEY-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END PRIVATE KEY-----");
    if (from < 0 || to < from) {
      throw new IOException(
          file
              + ": expected an unencrypted PKCS #8 key (BEGIN PRIVATE KEY); convert it with"
              + " `openssl pkcs8 -topk8 -nocrypt`");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        continue; // another kind of key
      }
    }
    throw new IOException(file + ": the key is none of " + KEY_KINDS);
  }
}
