package io.medtwin.benchmarks.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A device of the harness: what it says is a counter, and now and then an alert that starts or
 * ends, or an event. It goes on counting over all rounds. Used by one thread at a time.
 */
final class ProbeDevice {

  private static final int MAX_ACTIVE = 4;
  private static final double START = 0.03;
  private static final double END = 0.04;
  private static final double EVENT = 0.03;

  /** How it reaches the gateway. */
  enum Way {
    /** SenML over MQTT, the shipped driver; with a clock. */
    PACK("pack", Set.of("probe/count", "probe/second", "probe/third")),
    /** Lines over MQTT, with alerts and events; with a clock. */
    PROBE("probe", Set.of("probe/count")),
    /** Lines over confirmable CoAP, with alerts and events; without a clock. */
    POST("post", Set.of("probe/count"));

    private final String word;
    private final Set<String> metrics;

    Way(String word, Set<String> metrics) {
      this.word = word;
      this.metrics = metrics;
    }

    /** Beginning of its devices' ids; also its topics and the class of its twins. */
    String word() {
      return word;
    }

    /** Whether it tells the time of what it says. */
    boolean hasClock() {
      return this != POST;
    }

    /** What it counts in, {@code channel/name}. */
    Set<String> metrics() {
      return metrics;
    }
  }

  /** A message on its way. */
  record Words(long n, List<Mark> marks, String payload) {}

  private final Way way;
  private final String id;
  private long n;
  private long marks;
  private long clockMillis;
  private final Set<String> active = new LinkedHashSet<>();
  private final List<String> toEnd = new ArrayList<>();

  ProbeDevice(Way way, int number) {
    this.way = way;
    this.id = way.word() + "-" + number;
  }

  Way way() {
    return way;
  }

  /** Its configured id; also its address. */
  String id() {
    return id;
  }

  /** Alerts it has now. */
  synchronized Set<String> active() {
    return Set.copyOf(active);
  }

  /** The number of its last message. */
  synchronized long last() {
    return n;
  }

  /**
   * After words of it were lost for good: it forgets the alerts that its twin does not have, and
   * ends those that it no longer has itself.
   */
  synchronized void agree(Set<String> inTwin) {
    active.retainAll(inTwin);
    inTwin.stream().filter(alert -> !active.contains(alert)).forEach(toEnd::add);
  }

  /** What it says next. */
  synchronized Words next(RandomGenerator random) {
    n++;
    return way == Way.PACK ? pack() : lines(random);
  }

  private Words pack() {
    var payload =
        """
        [{"bn":"urn:crash:%s:","bt":%s,"n":"count","v":%d},{"n":"second","v":%d},{"n":"third","v":%d}]\
        """
            .formatted(id, seconds(tick()), n, n, n);
    return new Words(n, List.of(), payload);
  }

  private Words lines(RandomGenerator random) {
    var text = new StringBuilder();
    if (way.hasClock()) {
      text.append("time ").append(tick()).append('\n');
    }
    var said = new ArrayList<Mark>();
    for (String alert : toEnd) {
      say(text, said, new Mark(Mark.Kind.END, alert));
    }
    toEnd.clear();
    if (active.size() < MAX_ACTIVE && random.nextDouble() < START) {
      var alert = id + "-a" + ++marks;
      active.add(alert);
      say(text, said, new Mark(Mark.Kind.START, alert));
    } else if (!active.isEmpty() && random.nextDouble() < END) {
      var alert = active.iterator().next();
      active.remove(alert);
      say(text, said, new Mark(Mark.Kind.END, alert));
    }
    if (random.nextDouble() < EVENT) {
      say(text, said, new Mark(Mark.Kind.EVENT, id + "-e" + ++marks));
    }
    text.append("count ").append(n);
    return new Words(n, said, text.toString());
  }

  private static void say(StringBuilder text, List<Mark> said, Mark mark) {
    said.add(mark);
    var word =
        switch (mark.kind()) {
          case START -> "start ";
          case END -> "end ";
          case EVENT -> "event ";
        };
    text.append(word).append(mark.id()).append('\n');
  }

  /** The device's own clock in milliseconds: never the same twice. */
  private long tick() {
    clockMillis = Math.max(clockMillis + 1, Instant.now().toEpochMilli());
    return clockMillis;
  }

  private static String seconds(long millis) {
    return millis / 1000 + "." + String.format("%03d", millis % 1000);
  }

  /** The counter in a message of any device. */
  static long counter(String payload) {
    int at = payload.indexOf("\"v\":");
    return at >= 0
        ? Long.parseLong(payload.substring(at + 4, payload.indexOf('}', at)))
        : Long.parseLong(payload.substring(payload.lastIndexOf("count ") + 6));
  }
}
