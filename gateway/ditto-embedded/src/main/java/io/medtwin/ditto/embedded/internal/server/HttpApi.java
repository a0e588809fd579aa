package io.medtwin.ditto.embedded.internal.server;

import io.medtwin.ditto.embedded.internal.protocol.Fields;
import io.medtwin.ditto.embedded.internal.protocol.Requests;
import io.medtwin.ditto.embedded.internal.protocol.Subscription;
import io.medtwin.ditto.embedded.internal.twins.Caller;
import io.medtwin.ditto.embedded.internal.twins.Search;
import io.medtwin.ditto.embedded.internal.twins.Twins;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.signals.commands.exceptions.GatewayAuthenticationFailedException;
import org.eclipse.ditto.base.model.signals.commands.exceptions.PathUnknownException;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;

/**
 * Ditto's HTTP API, version 2: one request in, one answer out; the WebSocket handshake passes
 * through it, checked.
 */
final class HttpApi extends SimpleChannelInboundHandler<FullHttpRequest> {
  static final String SOCKET_PATH = "/ws/2";
  private static final String SEARCH = "/api/2/search/things";
  private static final String THINGS = "/api/2/things";
  private static final String POLICIES = "/api/2/policies";
  private static final String ABOUT =
      """
      An embedded twin endpoint for demos and tests, not Eclipse Ditto, not for production.
      HTTP: /api/2/things, /api/2/policies, /api/2/search/things. WebSocket: /ws/2. Health: /health.
      """;

  /** What a thing is made of, by the first level of a path. */
  private static final Set<String> PARTS =
      Set.of("attributes", "features", "definition", "policyId");

  private final Twins twins;
  private final Users users;
  private final Commands commands;
  private final Tally tally;
  private final int outboundMax;

  HttpApi(Twins twins, Users users, Commands commands, Tally tally, int outboundMax) {
    super(false);
    this.twins = twins;
    this.users = users;
    this.commands = commands;
    this.tally = tally;
    this.outboundMax = outboundMax;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    String path = uri.path();
    HttpExchange exchange = new HttpExchange(context, request, commands);
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

  private void route(HttpExchange exchange, QueryStringDecoder uri, String subject) {
    String path = uri.path();
    String method = exchange.method();
    Caller caller = new Caller(subject, exchange);
    if (path.equals(THINGS) && method.equals("GET")) {
      several(exchange, uri, caller);
    } else if (path.equals(THINGS) && method.equals("POST")) {
      ThingId id =
          ThingId.of(
              first(uri, "namespace").orElse("org.eclipse.ditto"), UUID.randomUUID().toString());
      exchange.run(() -> Requests.newThing(id, exchange.body(), exchange.headers(uri)), caller);
    } else if (path.startsWith(THINGS + "/")) {
      one(exchange, uri, Address.of(path.substring(THINGS.length() + 1)), caller);
    } else if (path.startsWith(POLICIES + "/")) {
      Address address = Address.of(path.substring(POLICIES.length() + 1));
      exchange.run(
          () ->
              Requests.policy(
                  method, address.id, address.path, exchange.body(), exchange.headers(uri)),
          caller);
    } else if (path.equals(SEARCH) && method.equals("GET")) {
      exchange.answer(
          () -> {
            Search search = search(uri);
            return search.page(found(search, caller), first(uri, "fields").map(Fields::parse));
          });
    } else if (path.equals(SEARCH + "/count") && method.equals("GET")) {
      exchange.answer(
          () -> {
            Search search = search(uri);
            return JsonValue.of(search.count(found(search, caller)));
          });
    } else {
      exchange.refused(PathUnknownException.newBuilder(JsonPointer.of(path)).build());
    }
  }

  private void several(HttpExchange exchange, QueryStringDecoder uri, Caller caller) {
    List<String> ids = list(uri, "ids");
    if (exchange.wantsEvents()) {
      stream(exchange, uri, Set.copyOf(ids), JsonPointer.empty(), caller);
    } else if (ids.isEmpty()) {
      Search all =
          Search.of(Optional.empty(), Set.of(), Optional.of("size(" + Search.SIZE_MAX + ")"));
      exchange.answer(
          () ->
              all.page(found(all, caller), first(uri, "fields").map(Fields::parse))
                  .getValue("items")
                  .orElseThrow());
    } else {
      exchange.run(() -> Requests.things(ids, first(uri, "fields"), exchange.headers(uri)), caller);
    }
  }

  private void one(HttpExchange exchange, QueryStringDecoder uri, Address address, Caller caller) {
    if (address.path.getRoot().filter(root -> !PARTS.contains(root.toString())).isPresent()) {
      exchange.refused(PathUnknownException.newBuilder(address.path).build());
    } else if (exchange.method().equals("GET") && exchange.wantsEvents()) {
      stream(exchange, uri, Set.of(address.id), address.path, caller);
    } else {
      exchange.run(
          () ->
              Requests.thing(
                  exchange.method(),
                  address.id,
                  address.path,
                  exchange.body(),
                  first(uri, "fields"),
                  exchange.headers(uri)),
          caller);
    }
  }

  private void stream(
      HttpExchange exchange,
      QueryStringDecoder uri,
      Set<String> ids,
      JsonPointer path,
      Caller caller) {
    exchange.open(
        channel ->
            new EventStream(
                    new Subscription(
                        first(uri, "filter"), list(uri, "namespaces"), first(uri, "extraFields")),
                    ids,
                    path,
                    first(uri, "fields"),
                    caller,
                    new Outbound(channel, outboundMax, tally))
                .start(channel, twins));
  }

  private Stream<Thing> found(Search search, Caller caller) {
    return twins.visible(caller.authorization(), search::mayFind);
  }

  private static Search search(QueryStringDecoder uri) {
    return Search.of(
        first(uri, "filter"), Set.copyOf(list(uri, "namespaces")), first(uri, "option"));
  }

  private static List<String> list(QueryStringDecoder uri, String name) {
    return first(uri, name).map(all -> Arrays.asList(all.split(","))).orElse(List.of());
  }

  static Optional<String> first(QueryStringDecoder uri, String name) {
    return Optional.ofNullable(uri.parameters().get(name)).map(List::getFirst);
  }

  /** The id and the path within the entity. */
  private record Address(String id, JsonPointer path) {
    static Address of(String decoded) {
      int slash = decoded.indexOf('/');
      return slash < 0
          ? new Address(decoded, JsonPointer.empty())
          : new Address(decoded.substring(0, slash), JsonPointer.of(decoded.substring(slash)));
    }
  }
}
