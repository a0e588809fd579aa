package io.medtwin.transports.coap;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapHandler;
import org.eclipse.californium.core.CoapObserveRelation;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registered observation. The library orders notifications, fetches the further blocks of a large
 * one and registers again past Max-Age; this class hands on what is new and notices the end.
 */
final class CoapObserveWire implements MessageWire {

  /** How long {@link #close} waits for the sensor to confirm the cancellation. */
  private static final Duration CANCEL_LIMIT = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(CoapObserveWire.class);

  private final CoapObserveConfig config;
  private final CoapEndpoint endpoint;
  private final CoapClient client;
  private final Inbox<Delivery> inbox = new Inbox<>();
  private final CountDownLatch answered = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final AtomicBoolean closing = new AtomicBoolean();
  private long overtaken; // by the one thread that delivers notifications
  private volatile @Nullable String failure;
  private @Nullable CoapObserveRelation relation;

  /** Owns the endpoint, which is started, from {@link #register} on. */
  CoapObserveWire(CoapObserveConfig config, CoapEndpoint endpoint) {
    this.config = config;
    this.endpoint = endpoint;
    this.client = new CoapClient();
    client.setEndpoint(endpoint);
  }

  /** Registers and waits for the first answer. */
  void register(Request registration, Duration limit) throws IOException, InterruptedException {
    relation = client.observe(registration, new Notifications());
    try {
      if (!answered.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        fail("no answer to the registration within " + limit);
      }
    } catch (InterruptedException e) {
      close();
      throw e;
    }
    var why = failure;
    if (why != null) {
      close();
      throw new IOException(why);
    }
  }

  @Override
  public @Nullable Delivery next(Duration atMost) throws IOException, InterruptedException {
    return inbox.poll(atMost);
  }

  @Override
  public void send(Message message) throws IOException {
    throw new IOException("an observed resource takes no messages: " + config.uri());
  }

  @Override
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    inbox.close("the observation of " + config.uri() + " was closed");
    var observed = relation;
    if (observed != null && failure == null) {
      observed.proactiveCancel();
      awaitCancelled();
    }
    client.shutdown();
    endpoint.destroy();
  }

  private void awaitCancelled() {
    try {
      if (!cancelled.await(CANCEL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("{} did not confirm the end of the observation", config.uri());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(String why) {
    failure = "observation of " + config.uri() + ": " + why;
    inbox.finish(failure);
    answered.countDown();
  }

  /** Called by the library's threads; hands over and returns. */
  private final class Notifications implements CoapHandler {

    @Override
    public void onLoad(CoapResponse response) {
      if (closing.get()) {
        if (!response.advanced().getOptions().hasObserve()) {
          cancelled.countDown(); // the answer to the cancellation, not a late notification
        }
      } else if (!response.isSuccess()) {
        fail("the sensor answered " + response.getCode());
      } else if (!response.advanced().getOptions().hasObserve()) {
        fail("the sensor does not let this resource be observed (any longer)");
      } else {
        offer(response.advanced());
        answered.countDown();
      }
    }

    @Override
    public void onError() {
      if (closing.get()) {
        cancelled.countDown();
      } else {
        fail("the sensor does not answer");
      }
    }

    private void offer(Response notification) {
      if (inbox.offerNewest(new Notified(messageOf(notification))) > 0) {
        overtaken++;
        if (overtaken == 1) {
          LOG.warn(
              "{}: {} values wait, the oldest was dropped for a newer one; further ones are only"
                  + " counted",
              config.uri(),
              Inbox.CAPACITY);
        }
      }
    }

    private Message messageOf(Response notification) {
      byte @Nullable [] payload = notification.getPayload();
      return new Message(
          config.uri().getPath(),
          config.device(),
          ContentFormats.typeOf(notification.getOptions().getContentFormat()),
          Map.of(CoapServerTransport.TYPE, notification.getType().name()),
          ByteBuffer.wrap(payload == null ? new byte[0] : payload));
    }
  }

  /** A notification: acknowledged when it came, so settling it tells the sensor nothing. */
  private record Notified(Message message) implements Delivery {

    @Override
    public void accept(@Nullable Message answer) {
      // the sensor was told when the notification came
    }

    @Override
    public void postpone(String why) {}

    @Override
    public void refuse(Refusal kind, String why) {
      LOG.debug("notification of {} refused: {}", message.address(), kind);
    }
  }
}
