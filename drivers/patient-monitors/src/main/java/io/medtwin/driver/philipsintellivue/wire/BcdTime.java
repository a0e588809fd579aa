package io.medtwin.driver.philipsintellivue.wire;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A wall clock in 8 bytes of two decimal digits each: century, year, month, day, hour, minute,
 * second, hundredths. All bits set: none.
 */
public final class BcdTime {

  /** Bytes it takes. */
  public static final int BYTES = 8;

  private static final long NONE = -1;
  private static final int CENTURY = 100;
  private static final long HUNDREDTH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private BcdTime() {}

  /**
   * The time of the next 8 bytes, taken; null where they are no time.
   *
   * @throws java.nio.BufferUnderflowException fewer than 8 bytes
   */
  static @Nullable LocalDateTime read(ByteBuffer bytes) {
    var eight = Layout.part(bytes, BYTES);
    if (eight.getLong(0) == NONE) {
      return null;
    }
    var two = new int[BYTES];
    for (int i = 0; i < BYTES; i++) {
      int pair = Byte.toUnsignedInt(eight.get(i));
      if (pair >> 4 > 9 || (pair & 0xF) > 9) {
        return null;
      }
      two[i] = (pair >> 4) * 10 + (pair & 0xF);
    }
    try {
      return LocalDateTime.of(two[0] * CENTURY + two[1], two[2], two[3], two[4], two[5], two[6])
          .plusNanos(two[7] * HUNDREDTH_NANOS);
    } catch (DateTimeException noSuchTime) {
      return null;
    }
  }

  static void write(WireWriter writer, @Nullable LocalDateTime time) {
    if (time == null) {
      writer.u32(NONE).u32(NONE);
      return;
    }
    int[] two = {
      time.getYear() / CENTURY,
      time.getYear() % CENTURY,
      time.getMonthValue(),
      time.getDayOfMonth(),
      time.getHour(),
      time.getMinute(),
      time.getSecond(),
      (int) (time.getNano() / HUNDREDTH_NANOS)
    };
    for (int pair : two) {
      writer.u8(pair / 10 << 4 | pair % 10);
    }
  }
}
