package io.medtwin.driver.philipsintellivue;

import io.medtwin.driver.philipsintellivue.wire.Pdu;
import io.medtwin.driver.philipsintellivue.wire.PduCodec;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.BufferedStreamLink;
import io.medtwin.spi.transport.ByteWire;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** A monitor's end of a UDP link, without a clock: each message gets its answers, then silence. */
class MonitorWire implements ByteWire {

  /** What it was sent, in order. */
  final List<Pdu> heard = new ArrayList<>();

  /** How long it was waited for in vain, in order. */
  final List<Duration> waited = new ArrayList<>();

  private final Function<Pdu, List<Pdu>> answers;
  private final Deque<ByteBuffer> ready = new ArrayDeque<>();

  MonitorWire(Function<Pdu, List<Pdu>> answers) {
    this.answers = answers;
  }

  void say(byte[] bytes) {
    ready.add(ByteBuffer.wrap(bytes));
  }

  BufferedStreamLink link() {
    return new BufferedStreamLink(this, LinkKind.UDP, "monitor");
  }

  @Override
  public int read(ByteBuffer into, Duration atMost) {
    var next = ready.peek();
    if (next == null) {
      waited.add(atMost);
      return 0;
    }
    int count = Math.min(next.remaining(), into.remaining());
    into.put(next.slice().limit(count));
    next.position(next.position() + count);
    if (!next.hasRemaining()) {
      ready.remove();
    }
    return count;
  }

  @Override
  public void write(ByteBuffer bytes) {
    var copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    var pdu = PduCodec.decode(copy).orElseThrow();
    heard.add(pdu);
    answers.apply(pdu).forEach(answer -> say(PduCodec.encode(answer)));
  }

  @Override
  public void close() {}
}
