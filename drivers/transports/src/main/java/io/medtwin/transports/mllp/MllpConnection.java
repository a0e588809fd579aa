package io.medtwin.transports.mllp;

import io.medtwin.spi.Message;
import io.medtwin.transports.internal.netty.Caller;
import io.medtwin.transports.internal.netty.Visitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sender. Frames are taken on its event loop; answers leave in the order of the messages,
 * whatever the order in which they are settled. What is shared is guarded by the wire's lock.
 */
final class MllpConnection implements Visitor {

  /** Media type of what this transport hands on and sends. */
  static final String HL7 = "application/hl7-v2";

  /** A message whose answer waits for those before it. */
  private static final class Owed {
    private final MllpDelivery delivery;
    private boolean settled;
    private @Nullable Message answer;

    Owed(MllpDelivery delivery) {
      this.delivery = delivery;
    }
  }

  private final MllpWire wire;
  private final Caller caller;
  private final MllpConfig.Limits limits;
  private final MllpFramer framer;
  private final Deque<Owed> owed = new ArrayDeque<>();
  private long timedFrame;
  private long noiseCounted;
  private long dropsCounted;
  private boolean held;
  private boolean reading = true;
  private boolean over;

  MllpConnection(MllpWire wire, Caller caller, MllpConfig.Limits limits) {
    this.wire = wire;
    this.caller = caller;
    this.limits = limits;
    framer = new MllpFramer(limits.messageBytes());
  }

  @Override
  public void came(byte[] bytes) {
    boolean goesOn = framer.take(bytes, this::message);
    wire.count(framer.noiseBytes() - noiseCounted, framer.droppedFrames() - dropsCounted);
    noiseCounted = framer.noiseBytes();
    dropsCounted = framer.droppedFrames();
    if (!goesOn) {
      caller.close();
      return;
    }
    long frame = framer.underWay();
    if (frame != 0 && frame != timedFrame) {
      timedFrame = frame;
      caller.later(limits.frameLimit(), () -> endIfStillAt(frame));
    }
  }

  @Override
  public void ended(@Nullable IOException cause) {
    wire.left(this);
  }

  /** On the event loop. */
  private void endIfStillAt(long frame) {
    if (framer.underWay() != frame) {
      return;
    }
    if (wire.isReading(this)) {
      wire.count(0, 1);
      caller.close();
    } else { // it is we who do not read
      caller.later(limits.frameLimit(), () -> endIfStillAt(frame));
    }
  }

  private void message(byte[] content) {
    var message = new Message(caller.address(), null, HL7, Map.of(), ByteBuffer.wrap(content));
    wire.took(this, new MllpDelivery(message, this), content.length);
  }

  void settled(MllpDelivery delivery, @Nullable Message answer) {
    wire.settled(this, delivery, answer);
  }

  /** Under the wire's lock: a message came that is owed an answer. */
  void owe(MllpDelivery delivery) {
    owed.add(new Owed(delivery));
    held |= owed.size() >= limits.unanswered();
  }

  /** Under the wire's lock: sends this answer and those that waited for it, in their order. */
  void pay(MllpDelivery delivery, @Nullable Message answer) {
    for (Owed one : owed) {
      if (one.delivery == delivery) {
        one.settled = true;
        one.answer = answer;
      }
    }
    while (!owed.isEmpty() && owed.element().settled) {
      var answered = owed.remove().answer;
      if (answered != null && !over) {
        caller.send(MllpFramer.frame(answered.bytes()));
      }
    }
    held &= owed.size() > limits.unanswered() / 2;
  }

  /** Under the wire's lock: reads the socket or not, by what waits here and in all. */
  void read(boolean allMay) {
    boolean should = allMay && !held;
    if (should != reading && !over) {
      reading = should;
      caller.read(should);
    }
  }

  /** Under the wire's lock. */
  boolean isReading() {
    return reading;
  }

  void close() {
    caller.close();
  }

  /** Under the wire's lock. */
  void over() {
    over = true;
  }
}
