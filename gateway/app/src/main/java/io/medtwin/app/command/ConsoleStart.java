package io.medtwin.app.command;

import io.medtwin.app.config.ConfigReader;
import io.medtwin.app.console.ConsoleOfGateway;
import io.medtwin.app.view.VocabularyProposal;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.console.line.Claim;
import io.medtwin.console.line.Claimed;
import io.medtwin.console.line.Refusal;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.keeper.DeviceView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Starts the console of a gateway that runs, and says where it is. */
public final class ConsoleStart {

  private static final Duration LINE_FIRST = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(50);

  private ConsoleStart() {}

  /**
   * Starts it, unless the file switches it off.
   *
   * @param demo whether the devices are simulated
   * @throws IOException a port that was asked for cannot be had
   */
  public static Optional<ConsoleOfGateway> of(
      Path file, Loaded loaded, Gateway gateway, boolean demo, Environment environment)
      throws IOException {
    var about =
        new ConsoleOfGateway.About(
            environment.installation().version(),
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
            demo,
            loaded.dictionary().folders(),
            claim ->
                claim(
                    new ClaimFile(file, environment),
                    file,
                    loaded,
                    environment,
                    claim,
                    hears(gateway, claim)),
            new VocabularyProposal(() -> DeviceCommand.vocabulary(environment)));
    return ConsoleOfGateway.start(loaded.config(), gateway, about, environment.clock());
  }

  /**
   * Waits until a first twin is confirmed, {@link #LINE_FIRST} at most: the console's start never
   * takes the processor from the line's.
   */
  public static void letTheLineGoFirst(
      Gateway gateway, Ending ending, Instant end, Environment environment)
      throws InterruptedException {
    var clock = environment.clock();
    var until = clock.instant().plus(LINE_FIRST);
    var latest = end.isBefore(until) ? end : until;
    while (clock.instant().isBefore(latest)
        && gateway.keeper().views().stream().noneMatch(DeviceView::isLive)
        && !ending.awaitAsked(LOOK)) {
      // a short look each time
    }
  }

  /** Where it is, and the code that claims it while it is not claimed: for the screen alone. */
  public static List<String> guide(ConsoleOfGateway console) {
    var at = "http://127.0.0.1:" + console.port();
    return console
        .oneTimeCode()
        .map(
            code ->
                List.of(
                    "  console  " + at + "  (this machine only, until claimed)",
                    "           claim it at " + at + "/claim.html with the code " + code))
        .orElse(List.of("  console  " + at));
  }

  private static Claimed claim(
      ClaimFile claims,
      Path file,
      Loaded loaded,
      Environment environment,
      Claim claim,
      boolean heard)
      throws Refusal {
    var wish =
        new ClaimFile.Wish(
            claim.hub() + "/" + claim.address(),
            claim.profile(),
            claim.id().filter(ConfigReader::isDeviceId),
            claim.serial(),
            Optional.empty(),
            heard);
    if (claim.id().isPresent() && wish.id().isEmpty()) {
      throw invalid("a device cannot be called \"" + claim.id().get() + "\"");
    }
    try {
      var done = claims.claim(loaded.again(file, environment), wish, true);
      return new Claimed(done.device(), done.thingId(), done.restart().isEmpty());
    } catch (ClaimFile.Wrong e) {
      throw invalid(String.valueOf(e.getMessage()));
    } catch (DocumentException e) {
      throw new Refusal(
          Refusal.Kind.INVALID, String.valueOf(e.getMessage()).lines().limit(20).toList());
    } catch (IOException e) {
      throw new Refusal(Refusal.Kind.CONFLICT, List.of(String.valueOf(e.getMessage())));
    }
  }

  /** Whether the gateway hears it by now: its journal is told some seconds later. */
  private static boolean hears(Gateway gateway, Claim claim) {
    return gateway.sessions().unclaimed().list().stream()
        .anyMatch(
            device -> device.hub().equals(claim.hub()) && device.address().equals(claim.address()));
  }

  private static Refusal invalid(String why) {
    return new Refusal(Refusal.Kind.INVALID, List.of(why));
  }
}
