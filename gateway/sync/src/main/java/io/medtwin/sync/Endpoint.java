package io.medtwin.sync;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Ditto server's addresses, derived from the configured one.
 *
 * @param webSocket {@code ws(s)://…/ws/2}
 * @param name what people configured, for logs
 */
record Endpoint(URI webSocket, String name) {

  private static final String PATH = "/ws/2";

  static Endpoint of(URI configured) {
    String scheme =
        switch (lowerCase(configured.getScheme())) {
          case "http", "ws" -> "ws";
          case "https", "wss" -> "wss";
          default -> throw bad(configured, "the scheme must be http, https, ws or wss");
        };
    if (configured.getHost() == null) {
      throw bad(configured, "there is no host");
    }
    if (configured.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "Ditto endpoint at host "
              + configured.getHost()
              + ": credentials do not belong into the address; configure a login");
    }
    if (configured.getRawQuery() != null || configured.getRawFragment() != null) {
      throw bad(configured, "there must be no query and no fragment");
    }
    String base = configured.getRawPath() == null ? "" : configured.getRawPath();
    base = base.replaceFirst("/+$", "");
    String path = base.endsWith(PATH) ? base : base + PATH;
    return new Endpoint(
        URI.create(scheme + "://" + configured.getRawAuthority() + path), configured.toString());
  }

  /** The same server over HTTP, without a slash at the end. */
  URI http() {
    var path = webSocket.getRawPath();
    return URI.create(
        (isSecure() ? "https" : "http")
            + "://"
            + webSocket.getRawAuthority()
            + path.substring(0, path.length() - PATH.length()));
  }

  String host() {
    String host = webSocket.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    return webSocket.getPort() >= 0 ? webSocket.getPort() : isSecure() ? 443 : 80;
  }

  boolean isSecure() {
    return webSocket.getScheme().equals("wss");
  }

  private static String lowerCase(@Nullable String scheme) {
    return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException bad(URI configured, String why) {
    return new IllegalArgumentException(
        "Ditto endpoint " + configured + ": " + why + ", e.g. https://ditto.example.org");
  }
}
