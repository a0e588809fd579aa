package io.medtwin.simulator.pump;

import io.medtwin.driver.bbraunbcc.BccCodec;
import io.medtwin.driver.bbraunbcc.BccFrame;
import io.medtwin.driver.bbraunbcc.Decoded;
import io.medtwin.driver.bbraunbcc.Quadruple;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ComDevice's half of the conversation: bytes of the host in, bytes of the rack out. Each block
 * waits for its ACK before the next one goes out; NAK repeats it. Questions that it does not know,
 * and damaged ones, get {@code GNERR} 68 and are counted; nothing changes an infusion. Used by one
 * thread.
 */
final class RackTalk {
  private static final int MAX_REQUEST_BYTES = 256;
  private static final String ANY_BED = "1";
  private static final String SLOT_REQUEST = "MEM:GETSLOT#";
  private static final int NO_MORE_DATA = 11;
  private static final int REMOVED = 39;
  private static final int SYNTAX = 68;
  private static final int BAD_ADDRESS = 811;

  private final RackSheet sheet;
  private final byte[] collected = new byte[MAX_REQUEST_BYTES];
  private final Set<String> toldRemoved = new HashSet<>();
  private int count;
  private List<byte[]> blocks = List.of();
  private int sent;
  private boolean needsAck;
  private Duration nextCycle = Duration.ZERO;
  private boolean wasAsked;
  private long ignored;

  RackTalk(RackSheet sheet) {
    this.sheet = sheet;
  }

  /** Requests that were not understood. */
  long ignored() {
    return ignored;
  }

  /** Answers to what these bytes complete. */
  List<byte[]> answers(ByteBuffer received, RackState rack) {
    var answers = new ArrayList<byte[]>();
    while (received.hasRemaining()) {
      byte next = received.get();
      if (count == 0 && next == BccCodec.ACK) {
        acknowledged().ifPresent(answers::add);
      } else if (count == 0 && next == BccCodec.NAK) {
        again().ifPresent(answers::add);
      } else if (next == BccCodec.SOH || count > 0) {
        collect(next, rack).ifPresent(answers::add);
      }
    }
    return answers;
  }

  /**
   * What a ComDevice in cyclic mode says by itself now; nothing while a block waits for its ACK.
   */
  Optional<byte[]> unasked(RackState rack) {
    var cycle = sheet.cycle();
    if (cycle == null || !wasAsked || waits() || rack.elapsed().compareTo(nextCycle) < 0) {
      return Optional.empty();
    }
    nextCycle = rack.elapsed().plus(cycle);
    needsAck = true;
    return Optional.of(begin(everything(rack)));
  }

  private Optional<byte[]> collect(byte next, RackState rack) {
    if (next == BccCodec.SOH || count == collected.length) {
      count = 0;
    }
    collected[count++] = next;
    if (next != BccCodec.EOT) {
      return Optional.empty();
    }
    var request = BccCodec.decode(ByteBuffer.wrap(collected, 0, count).slice());
    count = 0;
    needsAck = false;
    return Optional.of(begin(answer(request, rack)));
  }

  private Optional<byte[]> acknowledged() {
    sent++;
    return sent < blocks.size() ? Optional.of(blocks.get(sent)) : Optional.empty();
  }

  private Optional<byte[]> again() {
    return sent < blocks.size() ? Optional.of(blocks.get(sent)) : Optional.empty();
  }

  private boolean waits() {
    return needsAck && sent < blocks.size();
  }

  /** Puts blocks up and sends the first. */
  private byte[] begin(List<BccFrame> answer) {
    blocks = answer.stream().map(frame -> BccCodec.encode(frame, sheet.stuffing())).toList();
    sent = 0;
    return blocks.getFirst();
  }

  private List<BccFrame> answer(Decoded request, RackState rack) {
    return switch (request) {
      case Decoded.Accepted(var frame, var stuffing)
          when stuffing == null || stuffing == sheet.stuffing() ->
          answer(frame, rack);
      case Decoded.Accepted accepted -> notUnderstood(rack);
      case Decoded.Rejected rejected -> notUnderstood(rack);
    };
  }

  private List<BccFrame> answer(BccFrame request, RackState rack) {
    long time = rack.elapsed().toSeconds();
    var asked = request.information();
    boolean isAlive = asked.equals("ADMIN:ALIVE");
    if (!request.bed().equals(sheet.bed()) && !(isAlive && request.bed().equals(ANY_BED))) {
      return List.of(block(List.of(RackWords.error(rack, Quadruple.SYSTEM, BAD_ADDRESS)), true));
    }
    wasAsked = true;
    if (isAlive) {
      return List.of(block(List.of(new Quadruple(time, Quadruple.SYSTEM, "GNACK", "0")), true));
    }
    if (asked.equals("ADMIN:VERSION")) {
      return List.of(new BccFrame(sheet.bed(), time + "," + Quadruple.SYSTEM + ",V3.30", true));
    }
    needsAck = asked.equals("MEM:GET") || asked.startsWith(SLOT_REQUEST);
    if (asked.equals("MEM:GET")) {
      return everything(rack);
    }
    return needsAck
        ? oneSlot("501" + asked.substring(SLOT_REQUEST.length()), rack)
        : notUnderstood(rack);
  }

  private List<BccFrame> notUnderstood(RackState rack) {
    ignored++;
    return List.of(block(List.of(RackWords.error(rack, Quadruple.SYSTEM, SYNTAX)), true));
  }

  /** A block for each pump, the ComDevice before the first; a pulled one tells so once. */
  private List<BccFrame> everything(RackState rack) {
    var told = new ArrayList<List<Quadruple>>();
    rack.slots()
        .forEach(
            (address, slot) -> {
              if (slot.isIn()) {
                toldRemoved.remove(address);
                told.add(RackWords.pump(rack, address, slot));
              } else if (toldRemoved.add(address)) {
                told.add(List.of(RackWords.error(rack, address, REMOVED)));
              }
            });
    var first = new ArrayList<>(RackWords.system(rack));
    if (told.isEmpty()) {
      told.add(List.of(RackWords.error(rack, Quadruple.SYSTEM, NO_MORE_DATA)));
    }
    first.addAll(told.getFirst());
    told.set(0, first);
    var frames = new ArrayList<BccFrame>();
    for (int i = 0; i < told.size(); i++) {
      frames.add(block(told.get(i), i == told.size() - 1));
    }
    return frames;
  }

  private List<BccFrame> oneSlot(String address, RackState rack) {
    var slot = rack.slots().get(address);
    if (slot == null) {
      return List.of(block(List.of(RackWords.error(rack, Quadruple.SYSTEM, BAD_ADDRESS)), true));
    }
    var told =
        slot.isIn()
            ? RackWords.pump(rack, address, slot)
            : List.of(RackWords.error(rack, address, REMOVED));
    return List.of(block(told, true));
  }

  private BccFrame block(List<Quadruple> told, boolean last) {
    return BccFrame.of(sheet.bed(), told, last);
  }
}
