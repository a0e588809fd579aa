package io.medtwin.ditto.embedded.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medtwin.ditto.embedded.internal.protocol.Fields;
import io.medtwin.ditto.embedded.internal.protocol.Sight;
import io.medtwin.ditto.embedded.internal.protocol.Subscription;
import io.medtwin.ditto.embedded.internal.twins.Caller;
import io.medtwin.ditto.embedded.internal.twins.Change;
import io.medtwin.ditto.embedded.internal.twins.Twins;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;

/**
 * Server-sent events of changes: each is the changed part of a thing, or of the part of it that was
 * asked for. Written on the thread that brings a change, never waiting; ends with the connection.
 */
final class EventStream implements Consumer<Change> {
  private final Subscription subscription;
  private final Set<String> ids;
  private final JsonPointer path;
  private final Optional<JsonFieldSelector> fields;
  private final AuthorizationContext who;
  private final Outbound outbound;

  /**
   * Prepares a stream.
   *
   * @param ids of the things; empty for all
   * @param path of the part of the thing; empty for the thing
   */
  EventStream(
      Subscription subscription,
      Set<String> ids,
      JsonPointer path,
      Optional<String> fields,
      Caller caller,
      Outbound outbound) {
    this.subscription = subscription;
    this.ids = ids;
    this.path = path;
    this.fields = fields.map(Fields::parse);
    this.who = caller.authorization();
    this.outbound = outbound;
  }

  /** Sends the head of the response and everything that changes from now on. */
  void start(Channel channel, Twins twins) {
    var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
    head.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    HttpUtil.setTransferEncodingChunked(head, true);
    twins.listen(this);
    channel.closeFuture().addListener(closed -> twins.unlisten(this));
    channel.writeAndFlush(head);
  }

  @Override
  public void accept(Change change) {
    boolean about = ids.isEmpty() || ids.contains(change.id().toString());
    if (!about) {
      return;
    }
    subscription
        .of(change, who)
        .flatMap(this::shown)
        .ifPresent(
            value -> {
              if (outbound.enter()) {
                outbound.send(
                    new DefaultHttpContent(Unpooled.copiedBuffer("data:" + value + "\n\n", UTF_8)));
              }
            });
  }

  private Optional<JsonValue> shown(Sight sight) {
    var thing = sight.thing();
    if (!path.isEmpty()) {
      return thing.toJson().getValue(path);
    }
    return Optional.of(fields.map(thing::toJson).orElseGet(thing::toJson))
        .filter(json -> !json.isEmpty())
        .map(json -> json);
  }
}
