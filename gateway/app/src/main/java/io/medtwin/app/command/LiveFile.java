package io.medtwin.app.command;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.wiring.Changes;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.twin.document.DocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks each second whether the gateway file changed, and lets the running gateway take up devices
 * that were added behind its hubs. Anything else in the file needs a restart, which is said once.
 * One virtual thread.
 */
public final class LiveFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveFile.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final Path file;
  private final Loaded loaded;
  private final Environment environment;
  private final Gateway gateway;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("gateway-file").unstarted(this::run);
  private final Set<String> said = new HashSet<>();
  private GatewayConfig current;
  private @Nullable Stamp last;

  /** What shows that a file is another one. */
  private record Stamp(FileTime modified, long bytes, @Nullable Object key) {}

  private LiveFile(Path file, Loaded loaded, Environment environment, Gateway gateway) {
    this.file = file;
    this.loaded = loaded;
    this.environment = environment;
    this.gateway = gateway;
    this.current = loaded.config();
    this.last = stamp();
  }

  /** Watches the file of a gateway that runs; closed before it. */
  public static LiveFile watch(Path file, Loaded loaded, Environment environment, Gateway gateway) {
    var watch = new LiveFile(file, loaded, environment, gateway);
    watch.thread.start();
    return watch;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      var unused = thread.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      // the way out
    }
  }

  private void look() throws InterruptedException {
    var stamp = stamp();
    if (stamp == null || stamp.equals(last)) {
      return; // a file that is missing for a moment is being replaced
    }
    last = stamp;
    try {
      var newer = loaded.again(file, environment);
      apply(Changes.between(current, gateway.running(), newer.config(), newer.plan()));
    } catch (DocumentException e) {
      sayOnce(file + " was changed and cannot be used; going on as before:\n" + e.getMessage());
    }
  }

  private void apply(Changes changes) throws InterruptedException {
    for (Changes.Addition addition : changes.additions()) {
      var device = addition.device().id();
      if (gateway.takeUp(addition)) {
        current = current.with(addition.device());
        LOG.info(
            "{}: taken up from {}, behind {} at {}",
            device,
            file,
            addition.hub(),
            addition.address());
      } else {
        sayOnce(device + ": the journal knows a device of this id; a restart takes it up");
      }
    }
    if (!changes.restart().isEmpty()) {
      sayOnce(file + ": " + String.join("; ", changes.restart()) + "; a restart takes that up");
    }
  }

  private void sayOnce(String text) {
    if (said.size() < 100 && said.add(text)) {
      LOG.warn("{}", text);
    }
  }

  private @Nullable Stamp stamp() {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return null;
    }
  }
}
