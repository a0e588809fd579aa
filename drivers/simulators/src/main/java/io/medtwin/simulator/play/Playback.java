package io.medtwin.simulator.play;

import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.sheet.Sheet;
import io.medtwin.spi.Message;
import java.util.List;

/**
 * What a conversation says by itself, again and again. Pure.
 *
 * @param <M> frames or messages
 */
public final class Playback<M> implements Broadcast<M> {
  private final List<M> pieces;
  private final double piecesPerSecond;

  private Playback(List<M> pieces, double piecesPerSecond) {
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("a playback has something to say");
    }
    this.pieces = List.copyOf(pieces);
    this.piecesPerSecond = piecesPerSecond;
  }

  /** Its frames, at the pace that its waves, else the sheet's periods, tell. */
  public static Playback<byte[]> ofFrames(Conversation conversation, Sheet sheet) {
    return new Playback<>(conversation.frames(), Pace.ofFrames(conversation, sheet));
  }

  /**
   * Some of its messages, at the pace that the sheet's periods tell.
   *
   * @param messages at least one
   */
  public static Playback<Message> ofMessages(
      List<Message> messages, Conversation conversation, Sheet sheet) {
    return new Playback<>(messages, Pace.ofMessages(messages.size(), conversation, sheet));
  }

  @Override
  public double ticksPerSecond() {
    return piecesPerSecond;
  }

  @Override
  public M at(long tick) {
    return pieces.get((int) (tick % pieces.size()));
  }
}
