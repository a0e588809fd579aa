package io.medtwin.twin.vocabulary;

import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.normalizer.Units;
import java.nio.file.Path;

/** The files of device-profiles as they ship, read once. */
final class Shipped {

  static final Path DEVICE_PROFILES = Path.of("../../device-profiles");
  static final Path FOLDER = DEVICE_PROFILES.resolve("vocabulary");
  static final Vocabulary VOCABULARY = vocabulary();
  static final Units UNITS = new Units();

  private Shipped() {}

  private static Vocabulary vocabulary() {
    try {
      return Vocabulary.read(FOLDER);
    } catch (DocumentException e) {
      throw new AssertionError(e);
    }
  }

  static Term term(int code) {
    return VOCABULARY.term(code).orElseThrow();
  }
}
