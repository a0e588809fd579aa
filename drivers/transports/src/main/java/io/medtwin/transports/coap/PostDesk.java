package io.medtwin.transports.coap;

import io.medtwin.spi.Message;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAP.Type;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.ServerMessageDeliverer;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.elements.config.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Takes each whole request off the protocol threads: checks whose it is, hands it to the device's
 * inbox and returns. Everything but {@code /.well-known/core} is decided here rather than in a tree
 * of resources, since the library would log each path it does not find.
 */
final class PostDesk extends ServerMessageDeliverer {

  /** When a device may post again after 5.03. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  /** How long a confirmable request waits for its response before it is acknowledged alone. */
  static final Duration SEPARATE_ACK_AFTER = Duration.ofMillis(700);

  /** So long a confirmable message may be repeated (RFC 7252 section 4.8.2). */
  private static final Duration EXCHANGE_LIFETIME = Duration.ofSeconds(247);

  private static final List<String> DISCOVERY = List.of(".well-known", "core");

  private final LinkTable links;
  private final Faults faults;
  private final ScheduledExecutorService timer;
  private final LongAdder taken = new LongAdder();
  private final long startNanos = System.nanoTime();

  PostDesk(
      Resource root,
      Configuration settings,
      LinkTable links,
      Faults faults,
      ScheduledExecutorService timer) {
    super(root, settings);
    this.links = links;
    this.faults = faults;
    this.timer = timer;
  }

  /** Posts handed to an inbox so far. */
  long taken() {
    return taken.sum();
  }

  @Override
  protected boolean preDeliverRequest(Exchange exchange) {
    var request = exchange.getRequest();
    var path = request.getOptions().getUriPath();
    if (path.equals(DISCOVERY)) {
      return false;
    }
    var target = PostTarget.of(path);
    var refusal = target == null ? unknownPath() : refusalOf(request, target);
    if (refusal == null && target != null) {
      refusal = handOver(exchange, target);
    }
    if (refusal != null) {
      exchange.sendResponse(refusal);
    }
    return true;
  }

  private Response unknownPath() {
    faults.count(CoapFault.UNKNOWN_PATH);
    return new Response(ResponseCode.NOT_FOUND);
  }

  /** What is wrong with a request, whoever its device is; null where nothing is. */
  private @Nullable Response refusalOf(Request request, PostTarget target) {
    if (request.getCode() != Code.POST) {
      faults.count(CoapFault.WRONG_METHOD);
      return new Response(ResponseCode.METHOD_NOT_ALLOWED);
    }
    var peer = request.getSourceContext().getPeerIdentity();
    if (peer != null && !target.device().equals(deviceOf(peer))) {
      faults.count(CoapFault.WRONG_IDENTITY);
      return CoapDelivery.diagnostic(
          ResponseCode.FORBIDDEN, "the path names a device other than the DTLS identity");
    }
    if (target.resource() == PostTarget.Resource.ALARM && request.getType() != Type.CON) {
      faults.count(CoapFault.UNCONFIRMED_ALARM);
      return CoapDelivery.diagnostic(
          ResponseCode.BAD_REQUEST, "an alarm is sent confirmable (CON)");
    }
    int format = request.getOptions().getContentFormat();
    if (format != MediaTypeRegistry.UNDEFINED && ContentFormats.typeOf(format) == null) {
      faults.count(CoapFault.UNKNOWN_FORMAT);
      return CoapDelivery.diagnostic(
          ResponseCode.UNSUPPORTED_CONTENT_FORMAT,
          "content format " + format + " is not read here");
    }
    return null;
  }

  /** Puts the post into its device's inbox; what to answer where that is not possible. */
  private @Nullable Response handOver(Exchange exchange, PostTarget target) {
    return switch (links.find(target.device())) {
      case LinkTable.Entry.Unknown() -> {
        faults.count(CoapFault.UNKNOWN_DEVICE);
        yield new Response(ResponseCode.NOT_FOUND);
      }
      case LinkTable.Entry.Closed() -> {
        faults.count(CoapFault.LINK_CLOSED);
        yield CoapDelivery.later(RETRY_AFTER);
      }
      case LinkTable.Entry.Open(var inbox) -> {
        var separateAck =
            timer.schedule(
                () -> exchange.sendAccept(), SEPARATE_ACK_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        var message = messageOf(exchange.getRequest(), target);
        if (inbox.offer(new CoapDelivery(message, exchange, faults, separateAck, isYoung()))) {
          taken.increment();
          yield null;
        }
        separateAck.cancel(false);
        faults.count(CoapFault.INBOX_FULL);
        yield CoapDelivery.later(RETRY_AFTER);
      }
    };
  }

  /** Whether a device may still repeat what an earlier life of the server took. */
  private boolean isYoung() {
    return System.nanoTime() - startNanos < EXCHANGE_LIFETIME.toNanos();
  }

  private static Message messageOf(Request request, PostTarget target) {
    var attributes = new HashMap<String, String>();
    attributes.put(CoapServerTransport.TYPE, request.getType().name());
    var peer = request.getSourceContext().getPeerIdentity();
    if (peer != null) {
      attributes.put(CoapServerTransport.IDENTITY, deviceOf(peer));
    }
    byte @Nullable [] payload = request.getPayload();
    return new Message(
        target.path(),
        target.device(),
        ContentFormats.typeOf(request.getOptions().getContentFormat()),
        attributes,
        ByteBuffer.wrap(payload == null ? new byte[0] : payload));
  }

  private static String deviceOf(Principal peer) {
    return peer instanceof PreSharedKeyIdentity psk ? psk.getIdentity() : peer.getName();
  }
}
