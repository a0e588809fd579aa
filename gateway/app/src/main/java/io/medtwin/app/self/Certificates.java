package io.medtwin.app.self;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** When the first of the configured certificates ends. */
public final class Certificates {

  /** Largest file that is read. */
  private static final long MOST_BYTES = 1 << 20;

  private Certificates() {}

  /**
   * The one that ends first.
   *
   * @param file name of its file, without folder
   * @param days days until then, negative where it has ended
   */
  public record First(String file, double days) {}

  /** Of all certificates in these PEM files; a file that cannot be read is left out. */
  public static Optional<First> first(Collection<Path> files, Instant now) {
    Optional<First> first = Optional.empty();
    for (Path file : files) {
      var days = days(file, now);
      if (days.isPresent() && (first.isEmpty() || days.get() < first.get().days())) {
        first = Optional.of(new First(String.valueOf(file.getFileName()), days.get()));
      }
    }
    return first;
  }

  private static Optional<Double> days(Path file, Instant now) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      try (var in = Files.newInputStream(file)) {
        return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
            .filter(one -> one instanceof X509Certificate)
            .map(one -> ((X509Certificate) one).getNotAfter().toInstant())
            .min(Instant::compareTo)
            .map(end -> Duration.between(now, end).toMillis() / 86_400_000.0);
      }
    } catch (IOException | CertificateException e) {
      return Optional.empty(); // who needs it says what is wrong with it
    }
  }
}
