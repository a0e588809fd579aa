package io.medtwin.transports.mllp;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Bytes of one connection to messages, and back: {@code 0B message 1C 0D} (HL7 v2 transport, MLLP
 * release 1). Several frames in one read, a frame in many reads, noise between frames: all the
 * same. A start byte inside a frame drops what was begun, since a sender that lost its place begins
 * anew; an end byte without the carriage return is content. Used by one thread.
 */
final class MllpFramer {

  static final byte START = 0x0B;
  static final byte END = 0x1C;
  static final byte END_2 = 0x0D;

  /** How much room a framer keeps between messages. */
  private static final int KEPT_BYTES = 8 * 1024;

  private enum State {
    BETWEEN,
    INSIDE,
    BEHIND_END
  }

  private final int mostBytes;
  private State state = State.BETWEEN;
  private ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private long noiseBytes;
  private long droppedFrames;
  private long begun;

  /**
   * @param mostBytes longest message
   */
  MllpFramer(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Takes bytes and hands on the messages that are whole with them.
   *
   * @return false if a message is longer than allowed: nothing more can be made of this connection
   */
  boolean take(byte[] bytes, Consumer<byte[]> messages) {
    for (byte b : bytes) {
      switch (state) {
        case BETWEEN -> {
          if (b == START) {
            begin();
          } else if (b != END_2) { // a spare carriage return between frames is common
            noiseBytes++;
          }
        }
        case INSIDE -> {
          if (b == END) {
            state = State.BEHIND_END;
          } else {
            inside(b);
          }
        }
        case BEHIND_END -> {
          if (b == END_2) {
            state = State.BETWEEN;
            messages.accept(frame.toByteArray());
            forget();
          } else {
            state = State.INSIDE;
            frame.write(END);
            if (b == END) {
              state = State.BEHIND_END;
            } else {
              inside(b);
            }
          }
        }
      }
      if (frame.size() > mostBytes) {
        forget();
        state = State.BETWEEN;
        droppedFrames++;
        return false;
      }
    }
    return true;
  }

  /** Bytes outside of frames so far. */
  long noiseBytes() {
    return noiseBytes;
  }

  /** Messages that were begun and not ended, or too long. */
  long droppedFrames() {
    return droppedFrames;
  }

  /** Number of the message that is under way, counted from 1; 0 between messages. */
  long underWay() {
    return state == State.BETWEEN ? 0 : begun;
  }

  /** A message as a frame. */
  static byte[] frame(byte[] message) {
    var framed = new byte[message.length + 3];
    framed[0] = START;
    System.arraycopy(message, 0, framed, 1, message.length);
    framed[framed.length - 2] = END;
    framed[framed.length - 1] = END_2;
    return framed;
  }

  private void inside(byte b) {
    if (b == START) {
      droppedFrames++;
      begin();
    } else {
      frame.write(b);
    }
  }

  private void begin() {
    state = State.INSIDE;
    frame.reset();
    begun++;
  }

  private void forget() {
    if (frame.size() > KEPT_BYTES) {
      frame = new ByteArrayOutputStream();
    } else {
      frame.reset();
    }
  }
}
