package io.medtwin.driver.senml;

import io.medtwin.driver.senml.SenmlException.Problem;

/** Which resolved names are allowed. */
public enum SenmlNames {
  /** RFC 8428 section 4.5.1: begins with a letter or a digit. */
  STANDARD,
  /** Paths of LwM2M, {@code /3/0/9}: may also begin with a slash. */
  LWM2M;

  /** Most characters of a resolved name; a long base name would otherwise multiply. */
  static final int MAX_CHARACTERS = 256;

  void check(String name) throws SenmlException {
    if (name.isEmpty()) {
      throw new SenmlException(Problem.NO_NAME, "expected a base name or a name");
    }
    if (name.length() > MAX_CHARACTERS) {
      throw new SenmlException(
          Problem.BAD_NAME,
          "expected a name of at most " + MAX_CHARACTERS + " characters, got " + name.length());
    }
    char first = name.charAt(0);
    boolean startsWell = isAlphanumeric(first) || (this == LWM2M && first == '/');
    if (!startsWell || !isOfAllowed(name)) {
      throw new SenmlException(
          Problem.BAD_NAME, "expected a name of letters, digits and - : . / _");
    }
  }

  private static boolean isOfAllowed(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isAlphanumeric(c) && "-:./_".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
