package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u8;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How the samples of a wave are sent.
 *
 * @param arraySize samples in a stretch
 * @param bits of a sample on the wire, 8 or 16
 * @param significantBits those that count, from the lowest; the others carry marks
 * @param flags 2000h fixed scale, 1000h marks in the upper bits; their meaning is doubtful
 */
public record SampleSpec(int arraySize, int bits, int significantBits, int flags) {

  public SampleSpec {
    if (bits != Byte.SIZE && bits != Short.SIZE || significantBits < 1 || significantBits > bits) {
      throw new IllegalArgumentException("a sample has 8 or 16 bits, not all of them significant");
    }
  }

  /** The spec of an attribute; empty where it is none. */
  public static Optional<SampleSpec> parse(ByteBuffer value) {
    return Layout.whole(
        value, bytes -> new SampleSpec(u16(bytes), u8(bytes), u8(bytes), u16(bytes)));
  }

  /** As an attribute. */
  public Attribute toAttribute() {
    return Attribute.of(
        AttributeId.SAMPLE_SPEC,
        new WireWriter().u16(arraySize).u8(bits).u8(significantBits).u16(flags).toBytes());
  }

  /** Counts of a stretch, marks taken off; empty where its length is no whole number of them. */
  public Optional<int[]> counts(ByteBuffer samples) {
    int width = bits / Byte.SIZE;
    if (samples.remaining() % width != 0) {
      return Optional.empty();
    }
    int mask = (1 << significantBits) - 1;
    var counts = new int[samples.remaining() / width];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = mask & (width == 1 ? u8(samples) : u16(samples));
    }
    return Optional.of(counts);
  }
}
