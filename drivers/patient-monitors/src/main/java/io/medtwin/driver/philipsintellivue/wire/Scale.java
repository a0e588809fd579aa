package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the counts of a wave mean: {@code value = low + (count - lowCount) * (high - low) /
 * (highCount - lowCount)}.
 *
 * @param low value at {@code lowCount}; not a number: the wave has no scale
 * @param high value at {@code highCount}
 * @param lowCount a count
 * @param highCount a larger count
 */
public record Scale(Float32 low, Float32 high, int lowCount, int highCount) {

  /** The scale of an attribute; empty where it has another length. */
  public static Optional<Scale> parse(ByteBuffer value) {
    return Layout.whole(
        value,
        bytes ->
            new Scale(
                new Float32(bytes.getInt()), new Float32(bytes.getInt()), u16(bytes), u16(bytes)));
  }

  /** As an attribute. */
  public Attribute toAttribute() {
    return Attribute.of(
        AttributeId.SCALE,
        new WireWriter()
            .u32(Integer.toUnsignedLong(low.raw()))
            .u32(Integer.toUnsignedLong(high.raw()))
            .u16(lowCount)
            .u16(highCount)
            .toBytes());
  }

  /** Whether it says what a count means. */
  public boolean isKnown() {
    return low.number().isPresent() && high.number().isPresent() && highCount > lowCount;
  }

  /** Value of one count more; 1 where there is no scale. */
  public double gain() {
    return isKnown() ? step().doubleValue() : 1;
  }

  /** Value of count 0; 0 where there is no scale. */
  public double offset() {
    var first = low.number();
    return first.isPresent() && isKnown()
        ? first.get().subtract(step().multiply(BigDecimal.valueOf(lowCount))).doubleValue()
        : 0;
  }

  /** In decimals, as the ends are written: 81.915 / 16383 is 0.005. */
  private BigDecimal step() {
    return high.number()
        .orElseThrow()
        .subtract(low.number().orElseThrow())
        .divide(BigDecimal.valueOf((long) highCount - lowCount), MathContext.DECIMAL64);
  }
}
