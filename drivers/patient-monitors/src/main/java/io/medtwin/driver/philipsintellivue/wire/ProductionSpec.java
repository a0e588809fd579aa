package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.counted;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of a type plate: attribute {@link AttributeId#PRODUCTION_SPEC} is {@code count, length,
 * { kind, component, length, text } }. What follows the first list is not understood.
 *
 * @param kind {@link #SERIAL}, {@link #PART}, {@link #HARDWARE}, {@link #SOFTWARE}; others are seen
 * @param component which part of the monitor, a number nobody published
 * @param text without padding
 */
public record ProductionSpec(int kind, int component, String text) {

  /** Serial number. */
  public static final int SERIAL = 1;

  /** Part number. */
  public static final int PART = 2;

  /** Hardware revision. */
  public static final int HARDWARE = 3;

  /** Software revision. */
  public static final int SOFTWARE = 4;

  /** The lines of an attribute; empty where they do not fit. */
  public static List<ProductionSpec> parse(ByteBuffer value) {
    return Layout.whole(
            value,
            bytes -> {
              u16(bytes); // count
              var content = counted(bytes);
              var lines = new ArrayList<ProductionSpec>();
              while (content.hasRemaining()) {
                lines.add(
                    new ProductionSpec(u16(content), u16(content), Layout.ascii(counted(content))));
              }
              bytes.position(bytes.limit());
              return lines;
            })
        .map(List::copyOf)
        .orElse(List.of());
  }

  /** The first line of a kind that says something. */
  public static Optional<String> find(List<ProductionSpec> lines, int kind) {
    return lines.stream()
        .filter(line -> line.kind() == kind && !line.text().isEmpty())
        .map(ProductionSpec::text)
        .findFirst();
  }
}
