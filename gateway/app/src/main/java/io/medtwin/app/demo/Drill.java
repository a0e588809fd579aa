package io.medtwin.app.demo;

import io.medtwin.simulator.device.Fault;
import io.medtwin.simulator.ward.DeviceSheet;
import io.medtwin.simulator.ward.Ward;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Faults on command: lines such as {@code unplug bed1-pump} flow in, the simulated device suffers
 * them.
 */
final class Drill {

  static final String HELP =
      "unplug | silence | noise | checksum | heal, and a device: unplug bed1-oximeter; quit ends";

  private static final String QUIT = "quit";

  private static final Map<String, Fault> WORDS =
      Map.of(
          "unplug", Fault.UNPLUG,
          "silence", Fault.SILENCE,
          "noise", Fault.NOISE,
          "checksum", Fault.WRONG_CHECKSUM,
          "heal", Fault.NONE);

  private final Ward ward;
  private final Consumer<String> answer;
  private final Runnable entered;
  private final Runnable quit;

  Drill(Ward ward, Consumer<String> answer, Runnable entered, Runnable quit) {
    this.ward = ward;
    this.answer = answer;
    this.entered = entered;
    this.quit = quit;
  }

  /** Reads lines until there are no more, on a thread that does not keep the program alive. */
  void listen(BufferedReader in) {
    Thread.ofPlatform()
        .daemon()
        .name("demo-drill")
        .start(
            () -> {
              try {
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                  entered.run();
                  obey(line.strip());
                }
              } catch (IOException e) {
                // nobody types any more
              }
            });
  }

  void obey(String line) {
    if (line.isEmpty()) {
      return;
    }
    if (line.equals(QUIT)) {
      quit.run();
      return;
    }
    var words = line.split("\\s+", 2);
    var fault = WORDS.get(words[0]);
    if (fault == null || words.length < 2) {
      answer.accept("say " + HELP);
      return;
    }
    try {
      var device = ward.device(words[1]);
      device.fault(fault);
      answer.accept(
          words[1]
              + ": "
              + (fault == Fault.NONE ? "healed" : words[0] + " — and see what its twin says"));
    } catch (IllegalArgumentException e) {
      answer.accept(
          e.getMessage() + "; devices: " + ward.sheets().stream().map(DeviceSheet::id).toList());
    } catch (IOException e) {
      answer.accept(words[1] + ": " + e.getMessage());
    }
  }
}
