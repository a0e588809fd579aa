package io.medtwin.simulator.device;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What {@link Fault#NOISE} and {@link Fault#WRONG_CHECKSUM} do to bytes. Used by one thread. */
public final class Corruption {
  private static final int MAX_STRAY_BYTES = 16;
  private static final int FRAMES_PER_FLIP = 3;

  private final SplittableRandom random;
  private final @Nullable UnaryOperator<byte[]> wrongChecksum;

  private Corruption(SplittableRandom random, @Nullable UnaryOperator<byte[]> wrongChecksum) {
    this.random = random;
    this.wrongChecksum = wrongChecksum;
  }

  /** For a protocol with a checksum; {@code wrongChecksum} returns a copy with a wrong one. */
  public static Corruption of(SplittableRandom random, UnaryOperator<byte[]> wrongChecksum) {
    return new Corruption(random, wrongChecksum);
  }

  /**
   * For a protocol whose checksum is written in digits.
   *
   * @param fromEnd where its last digit stands, 1 for the last byte of a frame
   */
  public static Corruption ofDigits(SplittableRandom random, int fromEnd) {
    return new Corruption(
        random,
        frame -> {
          int at = frame.length - fromEnd;
          frame[at] = (byte) (frame[at] == '0' ? '1' : '0');
          return frame;
        });
  }

  /** For a protocol without a checksum. */
  public static Corruption withoutChecksum(SplittableRandom random) {
    return new Corruption(random, null);
  }

  /** Whether there is a checksum to make wrong. */
  boolean knowsChecksum() {
    return wrongChecksum != null;
  }

  /** A wrong checksum in place of the right one. */
  public byte[] wrongChecksum(byte[] frame) {
    if (wrongChecksum == null) {
      throw new IllegalStateException("this protocol has no checksum");
    }
    return wrongChecksum.apply(frame.clone());
  }

  /** The frame after some stray bytes, and one frame in three with a flipped bit. */
  public byte[] noise(byte[] frame) {
    int stray = random.nextInt(MAX_STRAY_BYTES + 1);
    var noisy = new byte[stray + frame.length];
    random.nextBytes(noisy);
    System.arraycopy(frame, 0, noisy, stray, frame.length);
    if (frame.length > 0 && random.nextInt(FRAMES_PER_FLIP) == 0) {
      noisy[stray + random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return noisy;
  }

  /** The content cut short behind a random byte and filled with random ones. */
  public byte[] garbage(byte[] content) {
    var garbage = new byte[content.length];
    random.nextBytes(garbage);
    int kept = content.length == 0 ? 0 : random.nextInt(content.length);
    System.arraycopy(Arrays.copyOf(content, kept), 0, garbage, 0, kept);
    return garbage;
  }
}
