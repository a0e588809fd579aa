package io.medtwin.benchmarks.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** All devices talking at once, each message after the last is safe. Used by one thread. */
final class Load {

  private final List<ProbeDevice> devices;
  private final Function<ProbeDevice, Sender> senders;
  private final Promises promises;
  private final Duration pace;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean talking;

  Load(
      List<ProbeDevice> devices,
      Function<ProbeDevice, Sender> senders,
      Promises promises,
      Duration pace) {
    this.devices = List.copyOf(devices);
    this.senders = senders;
    this.promises = promises;
    this.pace = pace;
  }

  /** Everybody begins to talk. */
  void start(long seed) {
    talking = true;
    threads.clear();
    for (int i = 0; i < devices.size(); i++) {
      var device = devices.get(i);
      var random = new SplittableRandom(seed * 1_000 + i);
      threads.add(Thread.ofVirtual().name(device.id()).start(() -> talk(device, random)));
    }
  }

  /** Nobody begins another message; what is under way goes on until it is safe. */
  void stop() {
    talking = false;
  }

  /** Whether everybody is silent. */
  boolean isSilent() {
    return threads.stream().noneMatch(Thread::isAlive);
  }

  private void talk(ProbeDevice device, SplittableRandom random) {
    var sender = senders.apply(device);
    try {
      while (talking) {
        var words = device.next(random);
        promises.sent(device.id(), words.n(), words.marks());
        sender.send(device, words);
        Thread.sleep(Duration.ofNanos((long) (pace.toNanos() * (0.5 + random.nextDouble()))));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
