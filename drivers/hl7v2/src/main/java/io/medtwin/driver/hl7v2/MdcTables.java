package io.medtwin.driver.hl7v2;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Names and units of IEEE 11073-10101 that this driver knows: names, for senders that write code 0
 * (provisional terms did for years), and units, because a reading speaks UCUM.
 */
final class MdcTables {

  private static final Map<String, Long> CODES = new HashMap<>();
  private static final Set<Long> KNOWN = new HashSet<>();
  private static final Map<String, String> UNITS = new HashMap<>();

  static {
    for (var words : lines("mdc-names.txt")) {
      long code = Long.parseLong(words.get(0));
      KNOWN.add(code);
      words.stream().skip(1).forEach(name -> CODES.putIfAbsent(name, code));
    }
    for (var words : lines("mdc-units.txt")) {
      UNITS.put(words.get(0), words.get(2));
      UNITS.put(words.get(1), words.get(2));
    }
  }

  private MdcTables() {}

  /** The code of a reference id; empty where this driver knows none. */
  static OptionalLong code(String name) {
    var code = CODES.get(name);
    return code == null ? OptionalLong.empty() : OptionalLong.of(code);
  }

  /** Whether this driver knows what a code is. */
  static boolean isKnown(long code) {
    return KNOWN.contains(code);
  }

  /** The UCUM unit of a unit's code or reference id. */
  static Optional<String> unit(String codeOrName) {
    return Optional.ofNullable(UNITS.get(codeOrName));
  }

  private static List<List<String>> lines(String resource) {
    var stream = Objects.requireNonNull(MdcTables.class.getResourceAsStream(resource), resource);
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" ")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
