package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * One number: attribute {@link AttributeId#NUMERIC}, 10 bytes.
 *
 * @param physiologicalId what it is of
 * @param state bits of {@link MeasurementState}
 * @param unit code of its unit
 * @param value the number, or why there is none
 */
public record NumericValue(int physiologicalId, int state, int unit, Float32 value) {

  private static NumericValue read(ByteBuffer bytes) {
    return new NumericValue(u16(bytes), u16(bytes), u16(bytes), new Float32(bytes.getInt()));
  }

  /** The number of an attribute; empty where it has another length. */
  public static Optional<NumericValue> parse(ByteBuffer value) {
    return Layout.whole(value, NumericValue::read);
  }

  /** The numbers of a compound attribute; empty where count or length does not fit. */
  public static Optional<List<NumericValue>> parseCompound(ByteBuffer value) {
    return Attributes.elements(value, NumericValue::read);
  }

  /** As an attribute of its own. */
  public Attribute toAttribute() {
    var writer = new WireWriter();
    write(writer);
    return Attribute.of(AttributeId.NUMERIC, writer.toBytes());
  }

  /** Several as one attribute. */
  public static Attribute compound(List<NumericValue> values) {
    var writer =
        new WireWriter().u16(values.size()).counted(w -> values.forEach(one -> one.write(w)));
    return Attribute.of(AttributeId.COMPOUND_NUMERIC, writer.toBytes());
  }

  private void write(WireWriter writer) {
    writer.u16(physiologicalId).u16(state).u16(unit).u32(Integer.toUnsignedLong(value.raw()));
  }
}
