package io.medtwin.console.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request of Jetty's. */
final class JettyCall implements Call {

  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final int PART_BYTES = 8 * 1024;

  private final Request request;
  private final String path;
  private Map<String, String> parts = Map.of();
  private byte[] body = {};

  JettyCall(Request request) {
    this.request = request;
    this.path = Request.getPathInContext(request);
  }

  void take(Map<String, String> next) {
    parts = next;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String part(String name) {
    var part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return part;
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(
        Request.extractQueryParameters(request, StandardCharsets.UTF_8).getValue(name));
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  @Override
  public Optional<String> cookie(String name) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(cookie -> cookie.getValue())
        .findFirst();
  }

  @Override
  public String address() {
    return remote().getHostAddress();
  }

  @Override
  public boolean isLocal() {
    boolean proxied =
        header("Forwarded").isPresent()
            || header("X-Forwarded-For").isPresent()
            || header("Via").isPresent();
    return remote().isLoopbackAddress() && isForLoopback() && !proxied;
  }

  @Override
  public boolean isForLoopback() {
    var host = request.getHeaders().get(HttpHeader.HOST);
    if (host == null) {
      return false;
    }
    int colon = host.lastIndexOf(':');
    var name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return LOOPBACK_NAMES.contains(name.toLowerCase(java.util.Locale.ROOT));
  }

  private InetAddress remote() {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress address
        ? address.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  /** Reads the body; one that is too long is turned away, unread where it says so. */
  void takeBody() throws Failure {
    if (request.getLength() > Limits.BODY_BYTES) {
      throw Failure.tooLarge();
    }
    boolean none = request.getLength() < 0 && header("Transfer-Encoding").isEmpty();
    body = none || request.getLength() == 0 ? new byte[0] : read();
  }

  @Override
  public byte[] body() {
    return body;
  }

  private byte[] read() throws Failure {
    var bytes = new ByteArrayOutputStream();
    var part = new byte[PART_BYTES];
    long began = System.nanoTime();
    try {
      // not closed: closing would read what is left
      var in = Content.Source.asInputStream(request);
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        bytes.write(part, 0, count);
        if (bytes.size() > Limits.BODY_BYTES) {
          throw Failure.tooLarge();
        }
        if (System.nanoTime() - began > Limits.BODY_TIME.toNanos()) {
          throw Failure.broken("the body takes longer than " + Limits.BODY_TIME.toSeconds() + " s");
        }
      }
      return bytes.toByteArray();
    } catch (IOException | UncheckedIOException e) {
      throw Failure.broken("the body broke off");
    }
  }
}
