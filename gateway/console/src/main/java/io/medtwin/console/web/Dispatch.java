package io.medtwin.console.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to whoever answers it, and back. */
final class Dispatch extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final Gate gate;
  private final List<Route> routes;
  private final StaticFiles files;
  private final Voice voice;
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();

  Dispatch(Gate gate, List<Route> routes, StaticFiles files, Voice voice) {
    this.gate = gate;
    this.routes = List.copyOf(routes);
    this.files = files;
    this.voice = voice;
  }

  int streams() {
    return streams.get();
  }

  long dropped() {
    return dropped.get();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SecurityHeaders.put(response.getHeaders());
    try {
      var call = new JettyCall(request);
      gate.check(call);
      // all of it first, so that the connection can be used again whatever is answered
      call.takeBody();
      send(answer(call), request, response, callback);
    } catch (Failure e) {
      fail(e.trouble(), response, callback);
    } catch (IOException | RuntimeException e) {
      LOG.error("console: {} failed", request.getMethod(), e);
      fail(Failure.bug().trouble(), response, callback);
    }
    return true;
  }

  private Reply answer(JettyCall call) throws Failure, IOException {
    var segments = Route.segments(call.path());
    Set<String> methods = new TreeSet<>();
    for (Route route : routes) {
      var parts = route.match(segments);
      if (parts.isEmpty()) {
        continue;
      }
      if (route.answers(call.method())) {
        call.take(parts.get());
        return route.endpoint().answer(call);
      }
      methods.add(route.method());
    }
    if (methods.isEmpty()) {
      var file = files.find(call);
      if (file.isEmpty()) {
        throw Failure.notFound("nothing is at this path");
      }
      if (call.method().equals("GET") || call.method().equals("HEAD")) {
        return file.get();
      }
      methods.add("GET");
    }
    var allowed = String.join(", ", methods);
    throw new Failure(
        new Failure.Trouble(
            405,
            "E-METHOD",
            "this path takes " + allowed,
            List.of(),
            "see /api/v1/openapi.yaml for what is there",
            Map.of("Allow", allowed)));
  }

  private void send(Reply reply, Request request, Response response, Callback callback)
      throws Failure {
    switch (reply) {
      case Reply.Content content -> content(content, response, callback);
      case Reply.Events events -> events(events, request, response, callback);
      case Reply.Download download -> download(download, request, response, callback);
    }
  }

  private static void content(Reply.Content content, Response response, Callback callback) {
    var headers = response.getHeaders();
    response.setStatus(content.status());
    if (!content.type().isEmpty()) {
      headers.put(HttpHeader.CONTENT_TYPE, content.type());
      headers.put(HttpHeader.CONTENT_LENGTH, content.bytes().length);
    }
    content.headers().forEach(headers::put);
    response.write(true, ByteBuffer.wrap(content.bytes()), callback);
  }

  private void events(Reply.Events events, Request request, Response response, Callback callback)
      throws Failure {
    if (streams.incrementAndGet() > Limits.STREAMS) {
      streams.decrementAndGet();
      throw Failure.tooMany(
          "there are " + Limits.STREAMS + " event streams already",
          java.time.Duration.ofSeconds(10));
    }
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    if (request.getMethod().equals("HEAD")) {
      streams.decrementAndGet();
      callback.succeeded();
      return;
    }
    var stream =
        new JettyStream(
            request, response, callback, dropped::incrementAndGet, streams::decrementAndGet);
    stream.iterate();
    try {
      events.begin().accept(stream);
    } catch (RuntimeException e) {
      LOG.error("console: an event stream did not begin", e);
      stream.end();
    }
  }

  private static void download(
      Reply.Download download, Request request, Response response, Callback callback) {
    response.setStatus(200);
    var headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, download.type());
    headers.put("Content-Disposition", "attachment; filename=\"" + download.name() + '"');
    if (request.getMethod().equals("HEAD")) {
      callback.succeeded();
      return;
    }
    try {
      // closed only when whole, so that half a file is no file
      var out = Content.Sink.asOutputStream(response);
      download.writer().write(out);
      out.close();
      callback.succeeded();
    } catch (IOException | RuntimeException e) {
      LOG.warn("console: {} broke off: {}", download.name(), e.toString());
      callback.failed(e);
    }
  }

  private void fail(Failure.Trouble trouble, Response response, Callback callback) {
    if (response.isCommitted()) {
      callback.failed(new IOException(trouble.message()));
      return;
    }
    content(
        new Reply.Content(trouble.status(), Reply.JSON, voice.say(trouble), trouble.headers()),
        response,
        callback);
  }
}
