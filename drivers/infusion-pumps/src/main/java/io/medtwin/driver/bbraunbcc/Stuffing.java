package io.medtwin.driver.bbraunbcc;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a finished frame goes over the wire with its letters D and E stuffed, as a ComDevice does
 * unless it is switched off there: {@code D}, {@code E}, {@code d}, {@code e} become {@code EX},
 * {@code EE}, {@code ex}, {@code ee}.
 */
public enum Stuffing {
  /** Bytes go as they are. */
  OFF {
    @Override
    public byte[] apply(byte[] frame) {
      return frame.clone();
    }

    @Override
    public byte @Nullable [] undo(byte[] wire) {
      return wire.clone();
    }
  },

  /** Four letters go as two. */
  ON {
    @Override
    public byte[] apply(byte[] frame) {
      var wire = new ByteArrayOutputStream(frame.length + frame.length / 4);
      for (byte next : frame) {
        switch (next) {
          case 'D' -> pair(wire, 'E', 'X');
          case 'E' -> pair(wire, 'E', 'E');
          case 'd' -> pair(wire, 'e', 'x');
          case 'e' -> pair(wire, 'e', 'e');
          default -> wire.write(next);
        }
      }
      return wire.toByteArray();
    }

    @Override
    public byte @Nullable [] undo(byte[] wire) {
      var frame = new ByteArrayOutputStream(wire.length);
      for (int i = 0; i < wire.length; i++) {
        byte first = wire[i];
        if (first == 'D' || first == 'd') {
          return null;
        }
        if (first != 'E' && first != 'e') {
          frame.write(first);
          continue;
        }
        i++;
        if (i == wire.length) {
          return null;
        }
        if (wire[i] == first) {
          frame.write(first);
        } else if (wire[i] == (first == 'E' ? 'X' : 'x')) {
          frame.write(first - 1); // E to D, e to d
        } else {
          return null;
        }
      }
      return frame.toByteArray();
    }
  };

  /** What goes over the wire for a finished frame. */
  public abstract byte[] apply(byte[] frame);

  /**
   * The frame that came over the wire, or null where these bytes cannot have been made by {@link
   * #apply}.
   */
  public abstract byte @Nullable [] undo(byte[] wire);

  /** The other one. */
  Stuffing other() {
    return this == ON ? OFF : ON;
  }

  private static void pair(ByteArrayOutputStream wire, char first, char second) {
    wire.write(first);
    wire.write(second);
  }
}
