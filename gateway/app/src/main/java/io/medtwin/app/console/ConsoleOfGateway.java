package io.medtwin.app.console;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.log.LogTail;
import io.medtwin.app.metrics.GatewayMetrics;
import io.medtwin.app.view.LineProposal;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.console.Console;
import io.medtwin.console.ConsoleConfig;
import io.medtwin.console.access.ScrapeToken;
import io.medtwin.console.line.GatewayFacts;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console of a gateway that runs; closed before it. */
public final class ConsoleOfGateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleOfGateway.class);

  /** A catalog of profiles this young is asked once more. */
  private static final Duration CATALOG_AGE = Duration.ofSeconds(30);

  private final Console console;
  private final DittoFleet fleet;
  private final Path folder;

  private ConsoleOfGateway(Console console, DittoFleet fleet, Path folder) {
    this.console = console;
    this.fleet = fleet;
    this.folder = folder;
  }

  /**
   * What the console is told beside the gateway.
   *
   * @param version of the installation
   * @param startedAt when the process started
   * @param demo whether the devices are simulated
   * @param folders of profiles
   * @param claimer puts devices into the file
   * @param proposal proposes lines of profiles
   */
  public record About(
      String version,
      Instant startedAt,
      boolean demo,
      List<Path> folders,
      Claimer claimer,
      LineProposal proposal) {}

  /**
   * Starts it, unless it is switched off. Whatever else hinders it is logged, and the gateway goes
   * on without.
   *
   * @throws IOException a port that was asked for cannot be had
   */
  public static Optional<ConsoleOfGateway> start(
      GatewayConfig config, Gateway gateway, About about, InstantSource clock) throws IOException {
    if (config.console().isEmpty()) {
      return Optional.empty();
    }
    var wanted = config.console().get();
    try {
      return Optional.of(start(config, wanted, gateway, about, clock));
    } catch (IOException e) {
      if (wanted.asked() && (e instanceof BindException || e.getCause() instanceof BindException)) {
        throw e;
      }
      LOG.warn("{}; going on without a console", e.getMessage());
      return Optional.empty();
    }
  }

  private static ConsoleOfGateway start(
      GatewayConfig config,
      GatewayConfig.Console wanted,
      Gateway gateway,
      About about,
      InstantSource clock)
      throws IOException {
    var metrics = new GatewayMetrics(gateway, about.version(), clock);
    var line =
        new LineOfGateway(
            gateway,
            () -> facts(config, gateway, about),
            catalog(about.folders(), clock),
            about.claimer(),
            about.proposal(),
            new Bundle(
                Path.of(config.file()),
                () -> Versions.text(about, gateway),
                metrics::text,
                LogTail.get()::lines),
            clock);
    var fleet = new DittoFleet(Gateway.dittoConfig(config.ditto()));
    try {
      var at =
          new ConsoleConfig(
              wanted.bind(),
              wanted.port(),
              config.journal().folder(),
              wanted
                  .certificate()
                  .map(pem -> new ConsoleConfig.Certificate(pem.chain(), pem.key())),
              wanted.https(),
              wanted.scrapeToken().map(token -> new ScrapeToken(token.value())));
      var console = Console.start(at, Optional.of(line), fleet, clock, metrics::text);
      var folder = config.journal().folder();
      ConsoleFiles.write(
          folder,
          URI.create((at.tls().isPresent() ? "https" : "http") + "://127.0.0.1:" + console.port()));
      return new ConsoleOfGateway(console, fleet, folder);
    } catch (IOException | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private static GatewayFacts facts(GatewayConfig config, Gateway gateway, About about) {
    var self =
        gateway.running().devices().stream()
            .filter(plan -> plan.facts().device().equals(GatewayConfig.SELF))
            .map(plan -> plan.facts().thingId())
            .findFirst()
            .orElse("");
    return new GatewayFacts(
        config.gateway().id(),
        config.gateway().site(),
        about.version(),
        about.startedAt(),
        about.demo(),
        gateway.backend().name(),
        gateway.backend().reach().name().toLowerCase(Locale.ROOT),
        self);
  }

  /** Profiles of the installation, read when somebody asks. */
  private static Supplier<List<Profile>> catalog(List<Path> folders, InstantSource clock) {
    return new Supplier<>() {
      private @Nullable List<Profile> known;
      private Instant at = Instant.MIN;

      @Override
      public synchronized List<Profile> get() {
        var now = clock.instant();
        if (known == null || now.isAfter(at.plus(CATALOG_AGE))) {
          known = List.copyOf(ProfileCatalog.read(folders, new Problems()).all());
          at = now;
        }
        return known;
      }
    };
  }

  /** Port it listens at. */
  public int port() {
    return console.port();
  }

  /** The code that claims it, while it is not claimed. */
  public Optional<String> oneTimeCode() {
    return console.oneTimeCode();
  }

  @Override
  public void close() {
    try {
      ConsoleFiles.remove(folder);
    } catch (IOException e) {
      LOG.warn("console: {}", e.getMessage());
    }
    console.close();
    fleet.close();
  }
}
