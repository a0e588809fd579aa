package io.medtwin.transports.coap;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.spi.transport.Delivery;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One post that waits for its response. The exchange belongs to the hub, so a response still leaves
 * after the link that took the post has closed.
 */
final class CoapDelivery implements Delivery {

  /** Longest diagnostic text (RFC 7252 section 5.5.2); the rest is cut. */
  private static final int DIAGNOSTIC_MAX_CHARS = 200;

  private final Message message;
  private final Exchange exchange;
  private final Faults faults;
  private final Future<?> separateAck;
  private final boolean mayBeAgain;
  private final AtomicBoolean settled = new AtomicBoolean();

  /**
   * @param separateAck the scheduled acknowledgement of a request that takes long; cancelled when
   *     settled
   * @param mayBeAgain whether a gateway before this one may have taken it
   */
  CoapDelivery(
      Message message,
      Exchange exchange,
      Faults faults,
      Future<?> separateAck,
      boolean mayBeAgain) {
    this.message = message;
    this.exchange = exchange;
    this.faults = faults;
    this.separateAck = separateAck;
    this.mayBeAgain = mayBeAgain;
  }

  @Override
  public Message message() {
    return message;
  }

  @Override
  public long number() {
    var request = exchange.getRequest();
    if (!request.isConfirmable()) {
      return 0;
    }
    long endpoint = request.getSourceContext().getPeerAddress().toString().hashCode();
    long messageId = request.getMID() & 0xFFFFL;
    return (endpoint << 32) ^ (messageId << 16) ^ token(request);
  }

  private static long token(Request request) {
    return Integer.toUnsignedLong(Arrays.hashCode(request.getTokenBytes()));
  }

  @Override
  public boolean mayBeAgain() {
    return mayBeAgain;
  }

  @Override
  public void accept(@Nullable Message answer) {
    var response = new Response(ResponseCode.CHANGED);
    if (answer != null && answer.payload().hasRemaining()) {
      int format =
          ContentFormats.numberOf(answer.contentType())
              .orElse(MediaTypeRegistry.APPLICATION_OCTET_STREAM);
      var options = exchange.getRequest().getOptions();
      // The post is safe. Refusing the answer's form now (4.06) would make the device post again.
      if (!options.hasAccept() || options.getAccept() == format) {
        response.setPayload(answer.bytes());
        response.getOptions().setContentFormat(format);
      }
    }
    settle(response);
  }

  @Override
  public void refuse(Refusal kind, String why) {
    var code =
        switch (kind) {
          case MALFORMED -> ResponseCode.BAD_REQUEST;
          case UNSUPPORTED_FORMAT -> ResponseCode.UNSUPPORTED_CONTENT_FORMAT;
          case WRONG_DEVICE -> ResponseCode.FORBIDDEN;
          case TOO_LARGE -> ResponseCode.REQUEST_ENTITY_TOO_LARGE;
        };
    if (settle(diagnostic(code, why))) {
      faults.count(CoapFault.REFUSED);
    }
  }

  /** 5.03: the device is to post again later. */
  @Override
  public void postpone(String why) {
    settle(later(PostDesk.RETRY_AFTER));
  }

  /** An answer that says why, for people. */
  static Response diagnostic(ResponseCode code, String why) {
    var response = new Response(code);
    response.setPayload(why.substring(0, Math.min(why.length(), DIAGNOSTIC_MAX_CHARS)));
    return response;
  }

  /** 5.03, with the time to wait as Max-Age (RFC 7252 section 5.9.3.4). */
  static Response later(Duration retryAfter) {
    var response = new Response(ResponseCode.SERVICE_UNAVAILABLE);
    response.getOptions().setMaxAge(retryAfter.toSeconds());
    return response;
  }

  private boolean settle(Response response) {
    if (!settled.compareAndSet(false, true)) {
      return false;
    }
    separateAck.cancel(false);
    exchange.sendResponse(response);
    return true;
  }
}
