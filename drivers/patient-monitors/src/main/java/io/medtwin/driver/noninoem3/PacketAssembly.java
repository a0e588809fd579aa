package io.medtwin.driver.noninoem3;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to a packet. A packet is 25 frames from one SYNC to the next: only the next
 * SYNC proves that none was lost in between, so a packet is complete one frame (13 ms) late. Any
 * other number of frames is dropped, since the entries would stand in wrong places.
 *
 * @param frames frames since the last SYNC, that frame first; at most 25
 */
record PacketAssembly(List<PlethFrame> frames) {

  /**
   * What a frame led to.
   *
   * @param next frames kept
   * @param packet the packet it completed, or null
   * @param framesDropped frames that belong to no whole packet
   */
  record Added(PacketAssembly next, @Nullable NoninPacket packet, int framesDropped) {}

  PacketAssembly {
    frames = List.copyOf(frames);
  }

  /** Nothing heard yet. */
  PacketAssembly() {
    this(List.of());
  }

  Added with(PlethFrame frame) {
    boolean whole = frames.size() == NoninPacket.FRAMES;
    if (frame.has(PlethFrame.SYNC)) {
      var next = new PacketAssembly(List.of(frame));
      return whole
          ? new Added(next, new NoninPacket(frames), 0)
          : new Added(next, null, frames.size());
    }
    if (whole || frames.isEmpty()) {
      return new Added(new PacketAssembly(), null, frames.size() + 1);
    }
    var more = new ArrayList<>(frames);
    more.add(frame);
    return new Added(new PacketAssembly(more), null, 0);
  }
}
