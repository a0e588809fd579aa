package io.medtwin.driver.philipsintellivue.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/** Fields one behind the other, lengths filled in. Used once, by one thread. */
final class WireWriter {

  private static final int MAX_LENGTH = 0xFFFF;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  WireWriter u8(int value) {
    bytes.write(value);
    return this;
  }

  WireWriter u16(int value) {
    bytes.write(value >> 8);
    bytes.write(value);
    return this;
  }

  WireWriter u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  WireWriter raw(ByteBuffer part) {
    var copy = new byte[part.remaining()];
    part.duplicate().get(copy);
    return raw(copy);
  }

  WireWriter raw(byte[] part) {
    bytes.writeBytes(part);
    return this;
  }

  /** What is written by {@code content}, its length in 16 bits before it. */
  WireWriter counted(Consumer<WireWriter> content) {
    var inner = new WireWriter();
    content.accept(inner);
    var written = inner.toBytes();
    if (written.length > MAX_LENGTH) {
      throw new IllegalArgumentException("a part has at most 65535 bytes, not " + written.length);
    }
    return u16(written.length).raw(written);
  }

  /** Text with a closing NUL, its length in 16 bits before it. */
  WireWriter text(String text, Charset charset) {
    return counted(w -> w.raw((text + "\0").getBytes(charset)));
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
