package io.medtwin.driver.gattvitals;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of enum constants as readings write them: lower case with dashes. */
final class Words {

  /** What a status field without any bit says. */
  static final String NONE = "none";

  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All of a set in order of their declaration, with a space between; {@link #NONE} for none. */
  static <E extends Enum<E>> String of(Set<E> constants) {
    return constants.isEmpty()
        ? NONE
        : constants.stream().sorted().map(Words::of).collect(Collectors.joining(" "));
  }
}
