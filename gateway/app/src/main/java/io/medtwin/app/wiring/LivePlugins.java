package io.medtwin.app.wiring;

import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.runtime.session.Sessions;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets drivers of plugins that were replaced while the gateway runs take over, on the links that
 * are open. A thread of its own looks once a second and takes a folder's state once it stayed the
 * same for a second, so that half a jar is never read.
 */
final class LivePlugins implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LivePlugins.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Plugins plugins;
  private final Sessions sessions;
  private final CountDownLatch closing = new CountDownLatch(1);

  LivePlugins(Plugins plugins, Sessions sessions) {
    this.plugins = plugins;
    this.sessions = sessions;
  }

  void start() {
    Thread.ofVirtual().name("live-plugins").start(this::follow);
  }

  @Override
  public void close() {
    closing.countDown();
  }

  private void follow() {
    var applied = plugins.stamp();
    var before = applied;
    try {
      while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        var now = plugins.stamp();
        if (!now.equals(applied) && now.equals(before)) {
          applied = now;
          apply();
        }
        before = now;
      }
    } catch (InterruptedException e) {
      // the way out
    }
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
    if (refreshed.gone().isEmpty()) {
      refreshed.former().forEach(LivePlugins::close);
    }
  }

  private static void close(Closeable former) {
    try {
      former.close();
    } catch (IOException e) {
      LOG.warn("a plugin that was replaced cannot be closed: {}", e.toString());
    }
  }
}
