package io.medtwin.driver.philipsintellivue.wire;

import java.nio.ByteBuffer;

/**
 * One attribute of an object: its id and its bytes, which the id gives a meaning.
 *
 * @param id 16 bits; those known are in {@link AttributeId}
 * @param value bytes as sent, read-only
 */
public record Attribute(int id, ByteBuffer value) {

  public Attribute {
    value = value.slice().asReadOnlyBuffer();
  }

  /** An attribute of these bytes, which must not change afterwards. */
  public static Attribute of(int id, byte[] value) {
    return new Attribute(id, ByteBuffer.wrap(value));
  }

  /** A view of the bytes with its own position. */
  @Override
  public ByteBuffer value() {
    return value.duplicate();
  }
}
