package io.medtwin.app.wiring;

import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.runtime.session.Sessions;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets drivers of plugins that were replaced while the gateway runs take over, on the links that
 * are open.
 */
final class LivePlugins implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LivePlugins.class);

  private final Plugins plugins;
  private final Sessions sessions;
  private final SettledWatch watch;

  LivePlugins(Plugins plugins, Sessions sessions) {
    this.plugins = plugins;
    this.sessions = sessions;
    this.watch = new SettledWatch("live-plugins", plugins::stamp, this::apply);
  }

  void start() {
    watch.start();
  }

  @Override
  public void close() {
    watch.close();
  }

  private void apply() throws InterruptedException {
    var refreshed = plugins.refresh();
    for (Plugins.Found found : refreshed.drivers()) {
      long begun = System.nanoTime();
      int links = sessions.handOver(found.descriptor().id(), found.maker());
      LOG.info(
          "plugin {}: driver {} {} is there; it took over {} links in {} ms",
          found.plugin(),
          found.descriptor().id(),
          found.descriptor().version(),
          links,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }
    for (String id : refreshed.gone()) {
      LOG.warn("driver {} is there no more; where it runs it goes on until a restart", id);
    }
    refreshed.former().forEach(LivePlugins::close);
  }

  private static void close(Closeable former) {
    try {
      former.close();
    } catch (IOException e) {
      LOG.warn("a plugin that was replaced cannot be closed: {}", e.toString());
    }
  }
}
