package io.medtwin.driver.noninoem3;

import java.util.List;

/**
 * A third of a second: 25 frames that together carry one table of numbers.
 *
 * @param frames exactly 25; the first alone has {@link PlethFrame#SYNC}
 */
public record NoninPacket(List<PlethFrame> frames) {

  /** Frames in a packet. */
  public static final int FRAMES = 25;

  /** Frames, and so samples, a second. */
  public static final int FRAMES_PER_SECOND = 75;

  public NoninPacket {
    frames = List.copyOf(frames);
    if (frames.size() != FRAMES) {
      throw new IllegalArgumentException(
          "a packet has " + FRAMES + " frames, got " + frames.size());
    }
    for (int i = 0; i < FRAMES; i++) {
      if (frames.get(i).has(PlethFrame.SYNC) != (i == 0)) {
        throw new IllegalArgumentException("SYNC is set in the first frame and in no other");
      }
    }
  }

  /**
   * A packet of these numbers.
   *
   * @param averages the table
   * @param pleth 25 samples
   * @param status 25 status bytes; bit 7 and SYNC are set here
   */
  public static NoninPacket of(Averages averages, int[] pleth, int[] status) {
    var table = averages.toTable();
    var frames = new PlethFrame[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      int bits = status[i] & ~PlethFrame.SYNC | PlethFrame.ALWAYS;
      frames[i] = new PlethFrame(i == 0 ? bits | PlethFrame.SYNC : bits, pleth[i], table[i]);
    }
    return new NoninPacket(List.of(frames));
  }

  /** The numbers that the frames carry. */
  public Averages averages() {
    return Averages.of(frames.stream().mapToInt(PlethFrame::entry).toArray());
  }

  /** The samples. */
  public int[] pleth() {
    return frames.stream().mapToInt(PlethFrame::pleth).toArray();
  }

  /** Whether any frame has any of the bits. */
  public boolean has(int bits) {
    return frames.stream().anyMatch(frame -> frame.has(bits));
  }
}
