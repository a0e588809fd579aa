package io.medtwin.benchmarks.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.exception.ConnectorException;

/**
 * Posts confirmable messages, each until it is answered 2.04. A repetition is a message of its own,
 * so that each datagram is one that the gateway may count.
 */
final class CoapSender implements Sender {

  private static final Duration ANSWER_LIMIT = Duration.ofMillis(1_200);

  /** Longer than the answer is waited for: the library repeats nothing by itself. */
  private static final Duration ACK_LIMIT = Duration.ofSeconds(60);

  private static final Duration RETRY = Duration.ofMillis(50);

  static {
    CoapConfig.register();
  }

  private final int port;
  private final Promises promises;
  private final ScheduledExecutorService protocol =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("coap-", 0).factory());
  private final CoapEndpoint endpoint;
  private final LongAdder unavailable = new LongAdder();
  private volatile boolean closed;

  CoapSender(int port, Promises promises) throws IOException {
    this.port = port;
    this.promises = promises;
    var settings = Configuration.createStandardWithoutFile();
    settings.set(CoapConfig.ACK_TIMEOUT, (int) ACK_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    settings.set(CoapConfig.ACK_INIT_RANDOM, 1f);
    this.endpoint =
        CoapEndpoint.builder()
            .setConfiguration(settings)
            .setInetSocketAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .build();
    endpoint.setExecutors(protocol, protocol);
    endpoint.start();
  }

  /** Answers 5.03 so far. */
  long unavailable() {
    return unavailable.sum();
  }

  @Override
  public void send(ProbeDevice device, ProbeDevice.Words words) throws InterruptedException {
    while (!closed) {
      var request = Request.newPost();
      request.setURI("coap://127.0.0.1:" + port + "/ingest/" + device.id());
      request.setConfirmable(true);
      request.getOptions().setContentFormat(MediaTypeRegistry.TEXT_PLAIN);
      request.setPayload(words.payload());
      promises.delivered(device.id(), words.n());
      if (isTaken(request)) {
        promises.acknowledged(device.id(), words.n());
        return;
      }
      Thread.sleep(RETRY);
    }
  }

  private boolean isTaken(Request request) {
    try {
      var client = new CoapClient().setEndpoint(endpoint).setTimeout(ANSWER_LIMIT.toMillis());
      var response = client.advanced(request);
      if (response == null) {
        request.cancel();
        return false;
      }
      if (response.getCode().codeClass == 5) {
        unavailable.increment();
      }
      return response.isSuccess();
    } catch (ConnectorException | IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    endpoint.destroy();
    protocol.shutdownNow();
  }
}
