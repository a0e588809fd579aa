package io.medtwin.testkit;

import io.medtwin.spi.transport.ByteWire;
import io.medtwin.testkit.ScriptedByteWire.Ending;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import io.medtwin.testkit.Transcript.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The device's side of a transcript, without a clock. Frames come until the next request of the
 * transcript; once the driver has written it, its answer comes. A request asked again, or out of
 * turn, gets the answer it has in the undamaged transcript, at most {@value #REPLAYS_MAX} times; an
 * unknown one gets silence. Behind the last turn only the last request is answered again, and none
 * if the device is to fall silent. Used by one thread.
 */
final class TranscriptWire implements ByteWire {

  /** Looks at a silent line after which a driver is taken not to end by itself. */
  static final int SILENT_LOOKS_MAX = 10_000;

  private static final int REPLAYS_MAX = 200;

  private final List<Turn> turns;
  private final List<Turn> undamaged;
  private final IntSupplier pieceSize;
  private final Ending ending;
  private final VirtualTime time = new VirtualTime();
  private final List<ByteBuffer> written = new ArrayList<>();
  private ByteBuffer ready = ByteBuffer.allocate(0);
  private int next;
  private int silentLooks;
  private int reads;
  private long bytesRead;
  private int replays;
  private int failAtRead = Integer.MAX_VALUE;
  private @Nullable Exception failure;
  private int failAtWrite = Integer.MAX_VALUE;
  private int deafFromWrite = Integer.MAX_VALUE;
  private int writes;
  private @Nullable IOException writeFailure;

  /**
   * @param turns what is sent the first time
   * @param undamaged where answers to repeated requests come from
   * @param pieceSize most bytes of the next read
   * @param ending what comes after the last turn
   */
  TranscriptWire(List<Turn> turns, List<Turn> undamaged, IntSupplier pieceSize, Ending ending) {
    this.turns = turns;
    this.undamaged = undamaged;
    this.pieceSize = pieceSize;
    this.ending = ending;
    sendUntilRequest();
  }

  /** From the given read on (0 is the first), every read throws this. */
  TranscriptWire failingAt(int read, Exception exception) {
    failAtRead = read;
    failure = exception;
    return this;
  }

  /** From the given write on (0 is the first), every write throws this. */
  TranscriptWire failingAtWrite(int write, IOException exception) {
    failAtWrite = write;
    writeFailure = exception;
    return this;
  }

  /** From the given write on the other side hears nothing any more, and nothing tells. */
  TranscriptWire deafFrom(int write) {
    deafFromWrite = write;
    return this;
  }

  /** Everything written, one buffer for each write. */
  List<ByteBuffer> written() {
    return List.copyOf(written);
  }

  /** The time of the conversation: what comes comes at once, a silence takes as long as it is. */
  VirtualTime time() {
    return time;
  }

  /** Number of reads so far. */
  int reads() {
    return reads;
  }

  /** Bytes the driver has got so far, those of repeated answers too. */
  long bytesRead() {
    return bytesRead;
  }

  @Override
  public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
    if (reads++ >= failAtRead) {
      if (failure instanceof InterruptedException stop) {
        throw stop;
      }
      if (failure instanceof IOException lost) {
        throw lost;
      }
    }
    if (!ready.hasRemaining()) {
      return nothingReady(atMost);
    }
    silentLooks = 0;
    int count = Math.min(Math.min(pieceSize.getAsInt(), ready.remaining()), into.remaining());
    into.put(ready.slice().limit(count));
    ready.position(ready.position() + count);
    bytesRead += count;
    return count;
  }

  private int nothingReady(Duration atMost) {
    if (ending == Ending.CLOSED && next == turns.size()) {
      return -1;
    }
    if (++silentLooks > SILENT_LOOKS_MAX) {
      throw new RuleBroken(
          Rule.D9,
          "",
          "",
          "the driver looked at a silent line " + SILENT_LOOKS_MAX + " times and did not end");
    }
    time.pass(atMost);
    return 0;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    if (writes >= failAtWrite && writeFailure != null) {
      throw writeFailure;
    }
    var request = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip().asReadOnlyBuffer();
    written.add(request);
    if (writes++ >= deafFromWrite) {
      return;
    }
    if (next < turns.size() && isRequest(turns.get(next), request)) {
      next++;
      sendUntilRequest();
    } else if (replays < REPLAYS_MAX && (next < turns.size() || mayRepeatAtEnd(request))) {
      replays++;
      answerOutOfTurn(request);
    }
  }

  private void sendUntilRequest() {
    while (next < turns.size() && turns.get(next) instanceof FromDevice frame) {
      append(frame.bytes());
      next++;
    }
  }

  private boolean mayRepeatAtEnd(ByteBuffer request) {
    for (int i = turns.size() - 1; ending == Ending.CLOSED && i >= 0; i--) {
      if (turns.get(i) instanceof ToDevice last) {
        return last.bytes().equals(request);
      }
    }
    return false;
  }

  private void answerOutOfTurn(ByteBuffer request) {
    int at = -1;
    for (int i = 0; i < undamaged.size(); i++) {
      if (isRequest(undamaged.get(i), request) && (i < next || at < 0)) {
        at = i;
      }
    }
    if (at >= 0) {
      for (int i = at + 1;
          i < undamaged.size() && undamaged.get(i) instanceof FromDevice frame;
          i++) {
        append(frame.bytes());
      }
    }
  }

  private static boolean isRequest(Turn turn, ByteBuffer request) {
    return turn instanceof ToDevice expected && expected.bytes().equals(request);
  }

  private void append(ByteBuffer frame) {
    ready = ByteBuffer.allocate(ready.remaining() + frame.remaining()).put(ready).put(frame).flip();
  }

  @Override
  public void close() {}
}
