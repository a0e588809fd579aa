package io.medtwin.ditto.embedded;

import io.medtwin.ditto.embedded.internal.file.TwinFile;
import io.medtwin.ditto.embedded.internal.server.Listener;
import io.medtwin.ditto.embedded.internal.server.Tally;
import io.medtwin.ditto.embedded.internal.server.TroublePlan;
import io.medtwin.ditto.embedded.internal.server.Warmup;
import io.medtwin.ditto.embedded.internal.twins.Keeper;
import io.medtwin.ditto.embedded.internal.twins.Twins;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded twin endpoint for demos and tests, not Eclipse Ditto, not for production: the subset
 * of Ditto's HTTP and WebSocket API that a gateway, a console and a curious user with curl need.
 * The caller closes it; any thread.
 */
public final class EmbeddedDitto implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDitto.class);

  private final EmbeddedDittoConfig config;
  private final @Nullable TwinFile file;
  private final Listener listener;
  private final Tally tally;
  private final Faults faults;

  private EmbeddedDitto(EmbeddedDittoConfig config, @Nullable TwinFile file) {
    this.config = config;
    this.file = file;
    Twins twins = new Twins(config.clock(), file == null ? Keeper.NOTHING : file);
    if (file != null) {
      twins.restore(file.policies(), file.things());
    }
    this.tally = new Tally();
    TroublePlan plan = new TroublePlan();
    this.listener =
        new Listener(
            twins,
            plan,
            tally,
            config.host(),
            config.port(),
            config.users(),
            config.outboundMax(),
            config.commandsInWorkMax());
    this.faults = new Faults(plan, listener);
  }

  /**
   * Starts an endpoint; when this returns it accepts connections.
   *
   * @throws IOException when the port is taken or the file cannot be read
   */
  public static EmbeddedDitto start(EmbeddedDittoConfig config) throws IOException {
    TwinFile file = config.file().isPresent() ? TwinFile.open(config.file().get()) : null;
    Thread.ofPlatform().daemon().name("ditto-embedded-warm-up").start(new Warmup(config.clock()));
    EmbeddedDitto ditto = new EmbeddedDitto(config, file);
    try {
      ditto.listener.open();
    } catch (IOException e) {
      ditto.close();
      throw e;
    }
    LOG.info(
        "An embedded twin endpoint for demos and tests, not Eclipse Ditto, not for production,"
            + " listens on {}",
        ditto.uri());
    return ditto;
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  /** Base of the HTTP API, such as {@code http://127.0.0.1:34567}. */
  public URI uri() {
    return URI.create("http://" + config.host() + ":" + port());
  }

  /** Base of the WebSocket API as Ditto's Java client wants it: it appends {@code /ws/2} itself. */
  public URI socketUri() {
    return URI.create("ws://" + config.host() + ":" + port());
  }

  /** Orders faults. */
  public Faults faults() {
    return faults;
  }

  /** What happened so far. */
  public Counters counters() {
    return new Counters(
        tally.commands(), tally.answers(), tally.eventsSent(), tally.eventsDropped());
  }

  /** Stops listening, cuts all connections and forgets what is not kept in a file. */
  @Override
  public void close() {
    listener.close();
    if (file != null) {
      file.close();
    }
  }
}
