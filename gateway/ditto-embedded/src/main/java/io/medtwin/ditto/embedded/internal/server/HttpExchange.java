package io.medtwin.ditto.embedded.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medtwin.ditto.embedded.internal.protocol.Envelopes;
import io.medtwin.ditto.embedded.internal.protocol.Incoming;
import io.medtwin.ditto.embedded.internal.twins.Caller;
import io.medtwin.ditto.embedded.internal.twins.Reply;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoJsonException;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.headers.entitytag.EntityTag;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.json.JsonCollectors;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.jspecify.annotations.Nullable;

/** One request and its one answer. */
final class HttpExchange implements Commands.Outcome {
  private static final String ACKS = "requested-acks";

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
          ACKS,
          "timeout",
          "response-required",
          "content-type",
          "accept");

  private static final String JSON = "application/json";

  private final ChannelHandlerContext context;
  private final FullHttpRequest request;
  private final Commands commands;
  private final String body;
  private final boolean keepAlive;
  private final String correlationId;
  private @Nullable Incoming incoming;

  HttpExchange(ChannelHandlerContext context, FullHttpRequest request, Commands commands) {
    this.commands = commands;
    this.body = request.content().toString(UTF_8);
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
              .or(() -> HttpApi.first(uri, name))
              .orElse(null);
      if (value != null) {
        headers = headers.setValue(name, name.equals(ACKS) ? labels(value) : JsonValue.of(value));
      }
    }
    return ProtocolFactory.newHeaders(headers);
  }

  /** Labels as a list of words or as a JSON array; Ditto's HTTP API takes both. */
  private static JsonValue labels(String value) {
    return value.startsWith("[")
        ? JsonFactory.newArray(value)
        : Arrays.stream(value.split(","))
            .map(String::strip)
            .map(JsonValue::of)
            .collect(JsonCollectors.valuesToArray());
  }

  String method() {
    return request.method().name();
  }

  String body() {
    return body;
  }

  boolean wantsEvents() {
    String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
    return accept.startsWith("text/event-stream");
  }

  /** Answers a question that is no command. */
  void answer(Supplier<JsonValue> question) {
    try {
      send(HttpResponseStatus.OK, JSON, question.get().toString(), null);
    } catch (DittoRuntimeException e) {
      refused(e);
    } catch (JsonRuntimeException e) {
      refused(new DittoJsonException(e));
    }
  }

  /** Gives the connection to a stream, or says why not. */
  void open(Consumer<Channel> stream) {
    try {
      stream.accept(context.channel());
    } catch (DittoRuntimeException e) {
      refused(e);
    } catch (JsonRuntimeException e) {
      refused(new DittoJsonException(e));
    }
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
        JSON,
        value == null ? "" : value.toString(),
        reply.tag(),
        reply.status().equals(HttpStatus.CREATED) ? location() : null);
  }

  /**
   * Where what was created is: the address it was put to, or under it the name the server chose.
   */
  private String location() {
    String path = new QueryStringDecoder(request.uri()).rawPath();
    Incoming asked = incoming;
    String name =
        asked != null && method().equals("POST")
            ? "/" + asked.topic().getNamespace() + ":" + asked.topic().getEntityName()
            : "";
    return "http://" + request.headers().get(HttpHeaderNames.HOST, "") + path + name;
  }

  @Override
  public void acknowledged(Acknowledgements acks) {
    send(
        HttpResponseStatus.valueOf(acks.getHttpStatus().getCode()),
        JSON,
        acks.toJson().toString(),
        null);
  }

  @Override
  public void refused(DittoRuntimeException error) {
    boolean notModified = error.getHttpStatus().equals(HttpStatus.NOT_MODIFIED);
    send(
        HttpResponseStatus.valueOf(error.getHttpStatus().getCode()),
        JSON,
        notModified ? "" : error.toJson().toString(),
        null);
  }

  void send(HttpResponseStatus status, String type, String text, @Nullable EntityTag tag) {
    send(status, type, text, tag, null);
  }

  private void send(
      HttpResponseStatus status,
      String type,
      String text,
      @Nullable EntityTag tag,
      @Nullable String location) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, UTF_8));
    var headers = response.headers();
    headers.set("correlation-id", correlationId);
    if (!text.isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    }
    if (location != null) {
      headers.set(HttpHeaderNames.LOCATION, location);
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
