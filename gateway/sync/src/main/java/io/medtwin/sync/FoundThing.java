package io.medtwin.sync;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * A thing that a search found.
 *
 * @param thingId its id
 * @param leaves what was asked for, each value by its path: {@code attributes/class}, {@code
 *     features/link/properties/status}. Texts, numbers and booleans; of an array its JSON text
 */
public record FoundThing(String thingId, Map<String, Object> leaves) {

  public FoundThing {
    leaves = Map.copyOf(leaves);
  }

  /** A text, where there is one. */
  public Optional<String> text(String path) {
    return leaves.get(path) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A number, where there is one. */
  public Optional<Double> number(String path) {
    return leaves.get(path) instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  /** A time, where there is one that reads. */
  public Optional<Instant> time(String path) {
    try {
      return text(path).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The namespace its id begins with. */
  public String namespace() {
    return thingId.substring(0, Math.max(0, thingId.indexOf(':')));
  }
}
