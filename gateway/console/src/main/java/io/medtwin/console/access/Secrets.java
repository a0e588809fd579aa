package io.medtwin.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** Texts that nobody guesses. */
final class Secrets {

  private static final int BYTES = 32;
  private static final int CODE_BITS = 128;
  private static final int BITS = 5;
  private static final int GROUP = 4;

  /** Without letters that look like digits. */
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** 256 bits for machines. */
  static String text() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** 128 bits for people: 26 letters and digits in groups of four. */
  static String code() {
    var number = new java.math.BigInteger(CODE_BITS, RANDOM);
    var code = new StringBuilder();
    for (int at = 0; at * BITS < CODE_BITS; at++) {
      code.append(at > 0 && at % GROUP == 0 ? "-" : "");
      code.append(LETTERS.charAt(number.shiftRight(at * BITS).intValue() & (LETTERS.length() - 1)));
    }
    return code.toString();
  }

  /** A code as somebody may have typed it, in one spelling. */
  static String plain(String code) {
    return code.toUpperCase(Locale.ROOT)
        .replaceAll("[\\s-]", "")
        .replace('O', '0')
        .replace('I', '1')
        .replace('L', '1');
  }

  /** Whether two are the same, in the same time whether or not. */
  static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
