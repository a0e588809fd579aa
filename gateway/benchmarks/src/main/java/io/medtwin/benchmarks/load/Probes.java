package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.mqtt.Connection;
import io.medtwin.benchmarks.twin.Observer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Devices beside the load. Ten of them send a value each 5 s, far outside the window in which
 * values are gathered; ten raise and end an alert each 2 s. Both are timed from the publish to the
 * event at the endpoint, in this process's own clock.
 */
final class Probes implements AutoCloseable {

  private static final int TICK_MILLIS = 100;
  private static final int VALUE_TICKS = 5;
  private static final int ALERT_TICKS = 2;

  private final Scene scene;
  private final Connection connection;
  private final Observer observer;
  private final Thread thread;

  Probes(Scene scene, URI broker, Observer observer) throws IOException {
    this.scene = scene;
    this.observer = observer;
    this.connection = new Connection(broker, "probes").publishing();
    this.thread = Thread.ofPlatform().daemon().name("probes").start(this::run);
  }

  private void run() {
    long start = System.nanoTime();
    try {
      for (long tick = 0; ; tick++) {
        long due = start + TimeUnit.MILLISECONDS.toNanos(tick * TICK_MILLIS);
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        if (tick % VALUE_TICKS == 0) {
          value(tick / VALUE_TICKS);
        }
        if (tick % ALERT_TICKS == 1) {
          alert(tick / ALERT_TICKS);
        }
      }
    } catch (InterruptedException | IOException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void value(long count) throws IOException, InterruptedException {
    String device = "probe" + count % Scene.PROBES;
    long number = count / Scene.PROBES + 1;
    byte[] pack = Traffic.pack(device, number, System.currentTimeMillis() * 1000);
    observer.valueSent(scene.thing(device), number);
    connection.publish(
        Traffic.topic(device), Traffic.CONTENT_TYPE, new String(pack, StandardCharsets.ISO_8859_1));
  }

  private void alert(long count) throws IOException, InterruptedException {
    String device = "alert" + count % Scene.PROBES;
    boolean on = count / Scene.PROBES % 2 == 0;
    var text =
        "{\"id\":\"%s\",\"ts\":%d,\"sos\":%s}".formatted(device, System.currentTimeMillis(), on);
    observer.alertSent(scene.thing(device));
    connection.publish("watch/" + device + "/vitals", "application/json", text);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    thread.interrupt();
    thread.join();
    connection.close();
  }
}
