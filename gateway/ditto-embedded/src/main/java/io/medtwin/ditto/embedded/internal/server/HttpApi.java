package io.medtwin.ditto.embedded.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medtwin.ditto.embedded.internal.protocol.Envelopes;
import io.medtwin.ditto.embedded.internal.protocol.Incoming;
import io.medtwin.ditto.embedded.internal.protocol.Requests;
import io.medtwin.ditto.embedded.internal.twins.Caller;
import io.medtwin.ditto.embedded.internal.twins.Reply;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTag;
import org.eclipse.ditto.base.model.signals.commands.exceptions.GatewayAuthenticationFailedException;
import org.eclipse.ditto.base.model.signals.commands.exceptions.PathUnknownException;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.jspecify.annotations.Nullable;

/**
 * Ditto's HTTP API, version 2: one request in, one answer out; the WebSocket handshake passes
 * through it, checked.
 */
final class HttpApi extends SimpleChannelInboundHandler<FullHttpRequest> {
  static final String SOCKET_PATH = "/ws/2";
  private static final String THINGS = "/api/2/things";
  private static final String POLICIES = "/api/2/policies";
  private static final String ABOUT =
      """
      An embedded twin endpoint for demos and tests, not Eclipse Ditto, not for production.
      HTTP: /api/2/things, /api/2/policies, /api/2/search/things. WebSocket: /ws/2. Health: /health.
      """;

  /**
   * Headers of a request that mean something to a command; all others are the transport's business.
   */
  private static final Set<String> COMMAND_HEADERS =
      Set.of(
          "correlation-id",
          "if-match",
          "if-none-match",
          "if-equal",
          "condition",
          "requested-acks",
          "timeout",
          "response-required",
          "content-type",
          "accept");

  private final Users users;
  private final Commands commands;

  HttpApi(Users users, Commands commands) {
    super(false);
    this.users = users;
    this.commands = commands;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    String path = uri.path();
    Exchange exchange = new Exchange(context, request);
    if (path.equals("/")) {
      exchange.send(HttpResponseStatus.OK, "text/plain; charset=utf-8", ABOUT, null);
    } else if (path.equals("/health") || path.equals("/status/health")) {
      exchange.send(HttpResponseStatus.OK, "application/json", "{\"status\":\"UP\"}", null);
    } else {
      Optional<String> subject =
          users.subject(request.headers().get(HttpHeaderNames.AUTHORIZATION));
      if (subject.isEmpty()) {
        exchange.refused(GatewayAuthenticationFailedException.newBuilder("basic").build());
      } else if (path.equals(SOCKET_PATH)) {
        context.channel().attr(Listener.SUBJECT).set(subject.get());
        context.fireChannelRead(request); // on to the handshake
        return;
      } else {
        route(exchange, uri, subject.get());
      }
    }
    request.release();
  }

  private void route(Exchange exchange, QueryStringDecoder uri, String subject) {
    String path = uri.rawPath();
    String method = exchange.request.method().name();
    String body = exchange.request.content().toString(UTF_8);
    Supplier<Adaptable> envelope;
    if (path.equals(THINGS) && method.equals("GET")) {
      List<String> ids =
          first(uri, "ids").map(all -> Arrays.asList(all.split(","))).orElse(List.of());
      envelope = () -> Requests.things(ids, first(uri, "fields"), exchange.headers(uri));
    } else if (path.startsWith(THINGS + "/")) {
      Address address = Address.of(path.substring(THINGS.length() + 1));
      envelope =
          () ->
              Requests.thing(
                  method,
                  address.id,
                  address.path,
                  body,
                  first(uri, "fields"),
                  exchange.headers(uri));
    } else if (path.startsWith(POLICIES + "/")) {
      Address address = Address.of(path.substring(POLICIES.length() + 1));
      envelope =
          () -> Requests.policy(method, address.id, address.path, body, exchange.headers(uri));
    } else {
      exchange.refused(PathUnknownException.newBuilder(JsonPointer.of(path)).build());
      return;
    }
    exchange.run(envelope, new Caller(subject, exchange));
  }

  private static Optional<String> first(QueryStringDecoder uri, String name) {
    return Optional.ofNullable(uri.parameters().get(name)).map(List::getFirst);
  }

  /**
   * The id and the path within the entity, percent-decoded level by level: a property name may hold
   * a slash.
   */
  private record Address(String id, JsonPointer path) {
    static Address of(String raw) {
      String[] levels = raw.split("/");
      JsonPointer path = JsonPointer.empty();
      for (int level = 1; level < levels.length; level++) {
        path =
            path.addLeaf(
                org.eclipse.ditto.json.JsonKey.of(
                    QueryStringDecoder.decodeComponent(levels[level].replace("+", "%2B"))));
      }
      return new Address(QueryStringDecoder.decodeComponent(levels[0].replace("+", "%2B")), path);
    }
  }

  /** One request and its one answer. */
  private final class Exchange implements Commands.Outcome {
    private final ChannelHandlerContext context;
    private final FullHttpRequest request;
    private final boolean keepAlive;
    private final String correlationId;
    private @Nullable Incoming incoming;

    Exchange(ChannelHandlerContext context, FullHttpRequest request) {
      this.context = context;
      this.request = request;
      this.keepAlive = HttpUtil.isKeepAlive(request);
      this.correlationId =
          Optional.ofNullable(request.headers().get("correlation-id"))
              .orElseGet(() -> UUID.randomUUID().toString());
    }

    DittoHeaders headers(QueryStringDecoder uri) {
      JsonObject headers = JsonObject.empty().setValue("correlation-id", correlationId);
      for (String name : COMMAND_HEADERS) {
        String value =
            Optional.ofNullable(request.headers().get(name))
                .or(() -> first(uri, name))
                .orElse(null);
        if (value != null) {
          headers = headers.setValue(name, value);
        }
      }
      return ProtocolFactoryHeaders.of(headers);
    }

    void run(Supplier<Adaptable> envelope, Caller caller) {
      commands.run(
          () -> {
            incoming = Envelopes.command(envelope.get());
            return incoming.command();
          },
          caller,
          context.executor(),
          this);
    }

    @Override
    public void replied(Reply reply) {
      boolean wanted = incoming == null || incoming.headers().isResponseRequired();
      JsonValue value = wanted ? reply.value() : null;
      HttpStatus status = wanted ? reply.status() : HttpStatus.ACCEPTED;
      send(
          HttpResponseStatus.valueOf(status.getCode()),
          "application/json",
          value == null ? "" : value.toString(),
          reply.tag());
    }

    @Override
    public void refused(DittoRuntimeException error) {
      boolean notModified = error.getHttpStatus().equals(HttpStatus.NOT_MODIFIED);
      send(
          HttpResponseStatus.valueOf(error.getHttpStatus().getCode()),
          "application/json",
          notModified ? "" : error.toJson().toString(),
          null);
    }

    private void send(
        HttpResponseStatus status, String type, String body, @Nullable EntityTag tag) {
      var response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, UTF_8));
      var headers = response.headers();
      headers.set("correlation-id", correlationId);
      if (!body.isEmpty()) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, type);
      }
      if (tag != null) {
        headers.set(HttpHeaderNames.ETAG, tag.toString());
      }
      if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
        headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Ditto\"");
      }
      HttpUtil.setContentLength(response, response.content().readableBytes());
      HttpUtil.setKeepAlive(response, keepAlive);
      var written = context.writeAndFlush(response);
      if (!keepAlive) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  /** Header texts to Ditto headers, validated by Ditto's library. */
  private static final class ProtocolFactoryHeaders {
    private ProtocolFactoryHeaders() {}

    static DittoHeaders of(JsonObject headers) {
      return org.eclipse.ditto.protocol.ProtocolFactory.newHeaders(
          JsonFactory.newObject(headers.toString()));
    }
  }
}
