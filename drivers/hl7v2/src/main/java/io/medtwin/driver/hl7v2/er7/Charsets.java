package io.medtwin.driver.hl7v2.er7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Character sets of MSH-18 (HL7 table 0211), first repetition. */
final class Charsets {

  private Charsets() {}

  /** The set a name stands for; empty for one that is not read here. */
  static Optional<Charset> named(String name) {
    return switch (name.strip().toUpperCase(Locale.ROOT)) {
      // none, or ASCII, is read as UTF-8, which it is a part of: senders forget to say more
      case "", "ASCII", "UNICODE UTF-8", "UTF-8" -> Optional.of(StandardCharsets.UTF_8);
      case "8859/1", "ISO-8859-1", "ISO8859-1" -> Optional.of(StandardCharsets.ISO_8859_1);
      case "8859/15" -> Charsets.installed("ISO-8859-15");
      case "8859/2" -> Charsets.installed("ISO-8859-2");
      case "8859/5" -> Charsets.installed("ISO-8859-5");
      case "8859/9" -> Charsets.installed("ISO-8859-9");
      default -> Optional.empty();
    };
  }

  /** The text of octets; empty where they are not of that set. */
  static Optional<String> decode(byte[] octets, Charset charset) {
    try {
      var text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(octets));
      return Optional.of(text.toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Charset> installed(String name) {
    return Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
  }
}
