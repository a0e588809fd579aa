package io.medtwin.app.demo;

import io.medtwin.app.command.Environment;
import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The embedded endpoint, or the Ditto that was named. */
final class TwinEndpoint implements AutoCloseable {
  final URI uri;
  final String user;
  final String password;
  final String subject;
  final String what;
  private final @Nullable EmbeddedDitto embedded;

  static TwinEndpoint open(@Nullable URI given, int port, Environment environment)
      throws IOException {
    return new TwinEndpoint(given, port, environment);
  }

  private TwinEndpoint(@Nullable URI given, int port, Environment environment) throws IOException {
    user = environment.variables().getOrDefault("MEDTWIN_DITTO_USER", "ditto");
    password = environment.variables().getOrDefault("MEDTWIN_DITTO_PASSWORD", "ditto");
    subject = environment.variables().getOrDefault("MEDTWIN_DITTO_SUBJECT", "nginx:" + user);
    if (given == null) {
      embedded =
          EmbeddedDitto.start(
              EmbeddedDittoConfig.inMemory(environment.clock())
                  .withPort(Ports.tcp(port))
                  .withUsers(Map.of(user, password)));
      uri = embedded.uri();
      what =
          "(embedded stand-in with a subset of Ditto's API, user " + user + "; not for production)";
    } else {
      embedded = null;
      uri = given;
      what = "(user " + user + ")";
    }
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
