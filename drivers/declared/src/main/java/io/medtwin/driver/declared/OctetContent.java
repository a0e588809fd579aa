package io.medtwin.driver.declared;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Places of a frame or a value.
 *
 * @param octets offset 0 is its position
 */
record OctetContent(ByteBuffer octets) implements Content {

  @Override
  public Optional<Raw> find(Source source) {
    return switch (source) {
      case Source.Octets(var type, int offset, long mask) ->
          offset + type.octets() > octets.remaining()
              ? Optional.empty()
              : Optional.of(masked(type.at(octets, offset), mask));
      case Source.Characters(int offset, int count) ->
          offset + count > octets.remaining()
              ? Optional.empty()
              : Optional.of(
                  new Raw.Said(
                      characters(offset, count == 0 ? octets.remaining() - offset : count)));
      case Source.Columns _,
          Source.Words _,
          Source.Items _,
          Source.Key _,
          Source.Part _,
          Source.Whole _ ->
          Optional.empty();
    };
  }

  /** Octets that a place needs to be there. */
  static int end(Source source) {
    return switch (source) {
      case Source.Octets(var type, int offset, _) -> offset + type.octets();
      case Source.Characters(int offset, int count) -> offset + count;
      case Source.Columns _,
          Source.Words _,
          Source.Items _,
          Source.Key _,
          Source.Part _,
          Source.Whole _ ->
          0;
    };
  }

  private static Raw masked(Raw raw, long mask) {
    if (mask == -1 || !(raw instanceof Raw.Amount(_, long bits))) {
      return raw;
    }
    long picked = Long.compress(bits, mask);
    return new Raw.Amount(BigDecimal.valueOf(picked), picked);
  }

  private String characters(int offset, int count) {
    var text = StandardCharsets.ISO_8859_1.decode(octets.slice(octets.position() + offset, count));
    return text.toString().replace('\0', ' ').strip();
  }
}
