package io.medtwin.driver.philipsintellivue.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Which waves are exported: labels in order of priority, partition 2 in their upper half. */
public final class WaveList {

  private static final long PARTITION = 0x0002_0000L;
  private static final int CODE = 0xFFFF;

  private WaveList() {}

  /** Codes of the waves of an attribute; empty where count or length does not fit. */
  public static Optional<List<Integer>> parse(ByteBuffer value) {
    return Attributes.elements(value, bytes -> bytes.getInt() & CODE);
  }

  /** Codes of waves as an attribute. */
  public static Attribute of(List<Integer> codes) {
    var writer =
        new WireWriter()
            .u16(codes.size())
            .counted(w -> codes.forEach(code -> w.u32(PARTITION | code)));
    return Attribute.of(AttributeId.WAVE_PRIORITY, writer.toBytes());
  }
}
