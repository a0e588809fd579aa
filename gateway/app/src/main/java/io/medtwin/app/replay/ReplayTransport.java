package io.medtwin.app.replay;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.ByteWire;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import io.medtwin.spi.transport.Transport;
import io.medtwin.spi.transport.Wire;
import io.medtwin.testkit.CaptureEvent;
import io.medtwin.testkit.CaptureEvent.Change;
import io.medtwin.testkit.CaptureEvent.Line;
import io.medtwin.testkit.CaptureEvent.Sent;
import io.medtwin.testkit.Transcript.Arrival;
import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The link of a capture: opens when it opened, says what it said when it said it, and is silent
 * when it was. Each wait lets the capture's time pass.
 */
final class ReplayTransport implements Transport {

  private static final String OVER = "the capture ends here";

  private final LinkKind kind;
  private final String name;
  private final Playback playback;
  private final ReplayClock clock;
  private final Consumer<String> stop;
  private long sessions;

  /**
   * @param stop told when there is nothing more to play
   */
  ReplayTransport(
      LinkKind kind, String name, Playback playback, ReplayClock clock, Consumer<String> stop) {
    this.kind = kind;
    this.name = name;
    this.playback = playback;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public LinkKind kind() {
    return kind;
  }

  @Override
  public String name() {
    return name;
  }

  /** How often it was opened. */
  long sessions() {
    return sessions;
  }

  @Override
  public Wire open() throws IOException {
    while (true) {
      switch (playback.next()) {
        case null -> throw over();
        case Line line -> {
          clock.passTo(line.micros());
          playback.take();
          if (line.change() == Change.FAILED) {
            throw new IOException(line.why());
          }
          if (line.change() == Change.OPENED && !playback.isGoneLongAgo()) {
            return opened();
          }
        }
        case Sent sent when sent.micros() >= clock.passed() -> {
          return opened(); // a transcript says nothing of lines, and this driver left by itself
        }
        case CaptureEvent other -> playback.pass();
      }
    }
  }

  private Wire opened() {
    sessions++;
    return kind.carriesBytes() ? new Bytes() : new Messages();
  }

  private EOFException over() {
    clock.passTo(playback.last());
    stop.accept(OVER);
    return new EOFException(OVER);
  }

  /**
   * What the device says next, once it is time.
   *
   * @return null if that is beyond the wait; then the wait is over
   * @throws IOException the line is gone
   */
  private @Nullable Sent await(Duration atMost) throws IOException {
    long until = clock.passed() + ReplayClock.micros(atMost);
    while (true) {
      var next = playback.next();
      if (next == null) {
        throw over();
      }
      boolean isRequest = next instanceof Sent sent && sent.turn() instanceof ToDevice;
      long due = isRequest ? Playback.givenUp(next) : next.micros();
      if (due > until) {
        clock.passTo(until);
        return null;
      }
      clock.passTo(due);
      if (next instanceof Line line) {
        if (line.change() == Change.OPENED) {
          throw new IOException("the line was opened anew here");
        }
        playback.take();
        if (line.change() == Change.ENDED) {
          return new Sent(due, new FromDevice(ByteBuffer.allocate(0)), 0);
        }
        throw new IOException(line.why().isEmpty() ? "the line was closed here" : line.why());
      }
      if (!isRequest && next instanceof Sent sent) {
        playback.take();
        return sent;
      }
    }
  }

  private final class Bytes implements ByteWire {

    private ByteBuffer rest = ByteBuffer.allocate(0);

    @Override
    public int read(ByteBuffer into, Duration atMost) throws IOException {
      while (!rest.hasRemaining()) {
        var came = await(atMost);
        if (came == null) {
          return 0;
        }
        if (came.turn() instanceof FromDevice frame) {
          rest = frame.bytes();
          if (!rest.hasRemaining()) {
            return -1;
          }
        }
      }
      int count = Math.min(rest.remaining(), into.remaining());
      into.put(rest.slice().limit(count));
      rest.position(rest.position() + count);
      playback.deviations.bytes += count;
      return count;
    }

    @Override
    public void write(ByteBuffer bytes) {
      playback.asked(bytes.slice());
    }

    @Override
    public long nanoTime() {
      return clock.passed() * 1_000;
    }

    @Override
    public void close() {}
  }

  private final class Messages implements MessageWire {

    @Override
    public @Nullable Delivery next(Duration atMost) throws IOException {
      while (true) {
        var came = await(atMost);
        if (came == null) {
          return null;
        }
        if (came.turn() instanceof Arrival arrival) {
          playback.deviations.bytes += arrival.message().payload().remaining();
          return new Played(arrival.message());
        }
        if (came.turn() instanceof FromDevice frame && !frame.bytes().hasRemaining()) {
          throw new EOFException("the other side closed");
        }
      }
    }

    @Override
    public void send(Message message) {}

    @Override
    public long nanoTime() {
      return clock.passed() * 1_000;
    }

    @Override
    public void close() {}
  }

  /** A message whose sender waits for nothing any more. */
  private record Played(Message message) implements Delivery {
    @Override
    public void accept(@Nullable Message answer) {}

    @Override
    public void postpone(String why) {}

    @Override
    public void refuse(Refusal kind, String why) {}
  }
}
