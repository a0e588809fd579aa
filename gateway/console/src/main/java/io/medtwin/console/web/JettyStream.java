package io.medtwin.console.web;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Writes one event after the other without a thread of its own: whoever sends begins a write, and
 * Jetty's threads go on when the socket takes more.
 */
final class JettyStream extends IteratingCallback implements EventStream {

  private static final byte[] HELLO =
      "retry: 3000\n\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private final Request request;
  private final Response response;
  private final Callback whole;
  private final Runnable dropped;
  private final Runnable gone;
  private final CountDownLatch ended = new CountDownLatch(1);

  // guarded by waiting
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private boolean ending;
  private boolean lastWritten;

  /**
   * A stream that begins.
   *
   * @param whole is told when it is over
   * @param dropped is told where the client is too slow
   * @param gone is told once, however it ends
   */
  JettyStream(Request request, Response response, Callback whole, Runnable dropped, Runnable gone) {
    this.request = request;
    this.response = response;
    this.whole = whole;
    this.dropped = dropped;
    this.gone = gone;
    waiting.add(HELLO);
  }

  @Override
  public boolean send(byte[] event) {
    boolean slow;
    synchronized (waiting) {
      if (ending || !isOpen()) {
        return false;
      }
      slow = waiting.size() >= Limits.EVENTS;
      if (slow) {
        ending = true;
        waiting.clear();
      } else {
        waiting.add(event);
      }
    }
    if (slow) {
      dropped.run();
      cut(new EofException("the client does not take its events"));
      return false;
    }
    iterate();
    return true;
  }

  @Override
  public void end() {
    synchronized (waiting) {
      ending = true;
    }
    iterate();
  }

  /** A write that waits for the client fails at once. */
  private void cut(Exception why) {
    request.getConnectionMetaData().getConnection().getEndPoint().close(why);
    iterate();
  }

  @Override
  public boolean isOpen() {
    return ended.getCount() > 0;
  }

  @Override
  public boolean awaitGone(Duration wait) throws InterruptedException {
    return ended.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected Action process() {
    byte @Nullable [] next;
    boolean last;
    synchronized (waiting) {
      next = waiting.poll();
      if (next == null && !ending) {
        return Action.IDLE;
      }
      if (lastWritten) {
        return Action.SUCCEEDED;
      }
      last = next == null;
      lastWritten = last;
    }
    response.write(last, next == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(next), this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    over();
    whole.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    over();
    whole.failed(cause);
  }

  private void over() {
    synchronized (waiting) {
      ending = true;
      waiting.clear();
    }
    ended.countDown();
    gone.run();
  }
}
