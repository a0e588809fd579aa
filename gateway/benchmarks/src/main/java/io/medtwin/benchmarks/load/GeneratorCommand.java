package io.medtwin.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The load generator, a process of its own. On standard input: {@code run <rate> <messages>}, rate
 * 0 for as fast as it goes. Answers {@code <sent in all> <answered> <nanos> <worst delay nanos>
 * <times>}.
 */
@Command(name = "generator", hidden = true)
public final class GeneratorCommand implements Callable<Integer> {

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long ANSWERS_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  @Option(names = "--mqtt")
  private @Nullable URI broker;

  @Option(names = "--coap")
  private int coapPort;

  @Option(names = "--non", arity = "1")
  private boolean nonConfirmable;

  @Option(names = "--devices", required = true)
  private int devices;

  private long sent;

  @Override
  public Integer call() throws Exception {
    var traffic = new Traffic(devices);
    var names = new String[devices];
    for (int device = 0; device < devices; device++) {
      names[device] = Traffic.name(device);
    }
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var sender =
        broker != null
            ? new MqttSender(broker, devices)
            : new CoapSender(coapPort, !nonConfirmable, devices)) {
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        System.out.println(
            run(traffic, names, sender, Long.parseLong(words[1]), Long.parseLong(words[2])));
      }
    }
    return 0;
  }

  private String run(Traffic traffic, String[] names, Sender sender, long rate, long messages)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long answeredBefore = sender.answered();
    long epochMicros = micros(Instant.now()) - start / 1000;
    long worst = 0;
    for (long i = 0; i < messages; ) {
      long now = System.nanoTime();
      long due = rate == 0 ? Math.min(messages, i + 64) : dueBy(now - start, rate, messages);
      for (; i < due; i++, sent++) {
        int device = traffic.device(sent);
        long at = epochMicros + System.nanoTime() / 1000;
        sender.send(device, Traffic.pack(names[device], traffic.number(sent), at));
      }
      sender.flush();
      if (rate > 0 && i < messages) {
        long next = start + Math.round(i * 1e9 / rate);
        worst = Math.max(worst, System.nanoTime() - next);
        LockSupport.parkNanos(Math.max(TICK_NANOS, next - System.nanoTime()));
      }
    }
    long nanos = System.nanoTime() - start;
    long end = System.nanoTime() + ANSWERS_LIMIT_NANOS;
    while (sender.answered() - answeredBefore < messages
        && System.nanoTime() < end
        && !nonConfirmable) {
      LockSupport.parkNanos(TICK_NANOS);
    }
    return sent
        + " "
        + (sender.answered() - answeredBefore)
        + " "
        + nanos
        + " "
        + worst
        + " "
        + sender.answerTimes();
  }

  private static long dueBy(long nanos, long rate, long messages) {
    return Math.min(messages, (long) (nanos * (rate / 1e9)) + 1);
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }
}
