package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.counted;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of one wave: {@code physiological id, state, length, samples}.
 *
 * @param physiologicalId what it is of
 * @param state bits of {@link MeasurementState}
 * @param samples as sent, read-only; their {@link SampleSpec} says how wide they are
 */
public record SampleArray(int physiologicalId, int state, ByteBuffer samples) {

  public SampleArray {
    samples = samples.slice().asReadOnlyBuffer();
  }

  /** A view of the samples with its own position. */
  @Override
  public ByteBuffer samples() {
    return samples.duplicate();
  }

  /** A stretch of 16-bit samples. */
  public static SampleArray of(int physiologicalId, int state, int[] counts) {
    var writer = new WireWriter();
    for (int count : counts) {
      writer.u16(count);
    }
    return new SampleArray(physiologicalId, state, ByteBuffer.wrap(writer.toBytes()));
  }

  private static SampleArray read(ByteBuffer bytes) {
    return new SampleArray(u16(bytes), u16(bytes), counted(bytes));
  }

  /** The stretch of an attribute; empty where it has another length. */
  public static Optional<SampleArray> parse(ByteBuffer value) {
    return Layout.whole(value, SampleArray::read);
  }

  /** The stretches of a compound attribute; empty where count or length does not fit. */
  public static Optional<List<SampleArray>> parseCompound(ByteBuffer value) {
    return Attributes.elements(value, SampleArray::read);
  }

  /** As an attribute of its own. */
  public Attribute toAttribute() {
    var writer = new WireWriter();
    write(writer);
    return Attribute.of(AttributeId.SAMPLES, writer.toBytes());
  }

  /** Several as one attribute. */
  public static Attribute compound(List<SampleArray> arrays) {
    var writer =
        new WireWriter().u16(arrays.size()).counted(w -> arrays.forEach(one -> one.write(w)));
    return Attribute.of(AttributeId.COMPOUND_SAMPLES, writer.toBytes());
  }

  private void write(WireWriter writer) {
    writer.u16(physiologicalId).u16(state).counted(w -> w.raw(samples()));
  }
}
