package io.medtwin.driver.hl7v2.er7;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;

/**
 * Escape sequences (HL7 v2.6 chapter 2.7): separators, {@code \X..\} octets as characters, line
 * breaks and highlighting, which become a blank or nothing. An unknown or broken one stays as
 * written.
 */
final class Unescaping implements Escaping {

  @Override
  public String escape(String text, EncodingCharacters signs) {
    throw new UnsupportedOperationException("only reads");
  }

  @Override
  public String unescape(String text, EncodingCharacters signs) {
    char escape = signs.getEscapeCharacter();
    int at = text.indexOf(escape);
    if (at < 0) {
      return text;
    }
    var plain = new StringBuilder(text.length()).append(text, 0, at);
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = c == escape ? text.indexOf(escape, at + 1) : -1;
      if (end < 0) {
        plain.append(c);
        at++;
        continue;
      }
      var meant = meaning(text.substring(at + 1, end), signs);
      if (meant == null) {
        plain.append(c);
        at++;
      } else {
        plain.append(meant);
        at = end + 1;
      }
    }
    return plain.toString();
  }

  private static @org.jspecify.annotations.Nullable String meaning(
      String sequence, EncodingCharacters signs) {
    return switch (sequence) {
      case "F" -> String.valueOf(signs.getFieldSeparator());
      case "S" -> String.valueOf(signs.getComponentSeparator());
      case "T" -> String.valueOf(signs.getSubcomponentSeparator());
      case "R" -> String.valueOf(signs.getRepetitionSeparator());
      case "E" -> String.valueOf(signs.getEscapeCharacter());
      case "H", "N" -> "";
      case ".br", ".ce" -> " ";
      default -> {
        if (sequence.startsWith("X")) {
          yield octets(sequence.substring(1));
        }
        // formatting (.sp .in .ti .sk .fi .nf) and character sets (C.. M..): no text of their own
        yield sequence.startsWith(".") || sequence.matches("[CM][0-9A-F]{4,6}") ? "" : null;
      }
    };
  }

  private static @org.jspecify.annotations.Nullable String octets(String digits) {
    if (digits.isEmpty() || digits.length() % 2 != 0 || !digits.matches("[0-9A-Fa-f]+")) {
      return null;
    }
    var plain = new StringBuilder();
    for (int i = 0; i < digits.length(); i += 2) {
      plain.append((char) Integer.parseInt(digits.substring(i, i + 2), 16));
    }
    return plain.toString();
  }
}
