package io.medtwin.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.runtime.plugin.PluginJar;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.ByteWire;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins from jars, as they run: replaced again and again, and with threads of their own. */
@Timeout(120)
class ReloadTest {

  private static final int RELOADS = 200;

  private static final String READS =
      """
      while (true) {
        link.peek(1, java.time.Duration.ofSeconds(30));
        link.skip(1);
        session.emit(Reading.of("spo2", Numeric.of(97, "%")));
      }
      """;

  private static final String LEAVES_A_THREAD =
      """
      new Thread(acme.Tail::run, "tail").start();
      throw new IllegalStateException("and gone");
      """;

  private static final String TAIL =
      """
      package acme;

      class Tail {
        static void run() {
          while (true) {
            try {
              Thread.sleep(10);
            } catch (InterruptedException e) {
              return;
            }
          }
        }
      }
      """;

  @TempDir private Path folder;
  @TempDir private Path workshop;

  @Test
  void pluginsThatWereReplacedLeaveNothingBehind() throws Exception {
    var versions = List.of(jar("1.0.0", READS), jar("1.0.1", READS));
    var place = Files.createDirectories(folder.resolve("acme")).resolve("acme.jar");
    put(versions.get(0), place, 0);
    var loaders = new ArrayList<WeakReference<ClassLoader>>();
    try (var plugins = Plugins.load(List.of(folder));
        var bench = new Bench(Files.createDirectory(workshop.resolve("bench")), "ox")) {
      var first = plugins.driver("acme").orElseThrow();
      var sessions =
          bench.start(
              Bench.device(
                  "ox", first.maker(), new ScriptedTransport(LinkKind.TCP, Talkative::new)));

      for (int i = 1; i <= RELOADS; i++) {
        put(versions.get(i % 2), place, i);
        var refreshed = plugins.refresh();
        var next = refreshed.drivers().getFirst();
        loaders.add(new WeakReference<>(next.maker().get().getClass().getClassLoader()));
        assertThat(sessions.handOver("acme", next.maker())).isEqualTo(1);
        for (Closeable former : refreshed.former()) {
          former.close();
        }
      }

      Await.until(
          () -> "all but the last are forgotten, still there: " + alive(loaders),
          () -> alive(loaders) <= 1);
      assertThat(plugins.driver("acme").orElseThrow().descriptor().version()).isEqualTo("1.0.0");
    }
  }

  @Test
  void threadsThatADriverLeavesBehindAreEndedAndCountAsItsFault() throws Exception {
    Files.createDirectories(folder.resolve("acme"));
    Files.copy(jar("1.0.0", LEAVES_A_THREAD), folder.resolve("acme/acme.jar"));
    try (var plugins = Plugins.load(List.of(folder));
        var bench = new Bench(Files.createDirectory(workshop.resolve("bench")), "ox")) {
      var sessions =
          bench.start(
              Bench.device(
                  "ox",
                  plugins.driver("acme").orElseThrow().maker(),
                  new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenSilent(97))));

      Await.until(
          "it is quarantined",
          () -> sessions.states().get("ox") instanceof SessionState.Quarantined);

      Await.until(
          "none of its threads is left",
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().equals("tail")));
    }
  }

  private Path jar(String version, String body) throws IOException {
    return new PluginJar()
        .running("acme.AcmeDriver", "acme", version, body)
        .with("acme.Tail", TAIL)
        .into(Files.createDirectories(workshop.resolve(version)).resolve("acme.jar"));
  }

  private static void put(Path jar, Path place, int time) throws IOException {
    var next = place.resolveSibling("next");
    Files.copy(jar, next);
    Files.setLastModifiedTime(next, FileTime.fromMillis(1_000_000L + time * 1_000L));
    Files.move(next, place, StandardCopyOption.REPLACE_EXISTING);
  }

  private static long alive(List<WeakReference<ClassLoader>> loaders) {
    System.gc();
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  /** Says something each millisecond, as long as it is read. */
  private static final class Talkative implements ByteWire {
    private volatile boolean closed;

    @Override
    public int read(ByteBuffer into, Duration atMost) throws IOException, InterruptedException {
      Thread.sleep(1);
      if (closed) {
        throw new IOException("closed");
      }
      into.put((byte) 97);
      return 1;
    }

    @Override
    public void write(ByteBuffer bytes) {}

    @Override
    public void close() {
      closed = true;
    }
  }
}
