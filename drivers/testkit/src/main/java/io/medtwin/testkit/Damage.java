package io.medtwin.testkit;

import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.Turn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Where and how the turns of a transcript are damaged; the same each time. */
final class Damage {

  private Damage() {}

  /** A byte of a frame. */
  record Place(int turn, int offset) {}

  /** At most {@code most} bytes of frames, by a seeded choice. */
  static List<Place> places(List<Turn> turns, int most) {
    var places = new ArrayList<Place>();
    for (int turn = 0; turn < turns.size(); turn++) {
      if (turns.get(turn) instanceof FromDevice frame) {
        for (int offset = 0; offset < frame.bytes().remaining(); offset++) {
          places.add(new Place(turn, offset));
        }
      }
    }
    Collections.shuffle(places, new Random(places.size()));
    return places.subList(0, Math.min(places.size(), most));
  }

  /** The same turns with one bit of one frame flipped. */
  static List<Turn> flipped(List<Turn> turns, Place place, int bit) {
    var frame = frame(turns, place.turn());
    var bytes = new byte[frame.remaining()];
    frame.get(bytes);
    bytes[place.offset()] ^= (byte) (1 << bit);
    var damaged = new ArrayList<>(turns);
    damaged.set(place.turn(), new FromDevice(ByteBuffer.wrap(bytes)));
    return damaged;
  }

  /** Index of the last frame. */
  static int lastFrame(List<Turn> turns) {
    for (int i = turns.size() - 1; i >= 0; i--) {
      if (turns.get(i) instanceof FromDevice) {
        return i;
      }
    }
    throw new AssertionError("a transcript shows at least one frame of the device");
  }

  /** Bytes of the frame at an index. */
  static ByteBuffer frame(List<Turn> turns, int index) {
    if (turns.get(index) instanceof FromDevice frame) {
      return frame.bytes();
    }
    throw new AssertionError("turn " + index + " is no frame");
  }
}
