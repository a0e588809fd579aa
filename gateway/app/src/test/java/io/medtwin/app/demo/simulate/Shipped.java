package io.medtwin.app.demo.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.app.generate.Conversations;
import io.medtwin.app.generate.Output;
import io.medtwin.app.generate.SimulatorSheet;
import io.medtwin.app.wiring.Installation;
import io.medtwin.journal.Received;
import io.medtwin.simulator.play.Conversation;
import io.medtwin.simulator.sheet.Sheet;
import io.medtwin.spi.Driver;
import io.medtwin.spi.Reading;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Finding;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Profile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * A shipped profile, the sheet that is generated from it, read back, and the driver that both are
 * for.
 */
record Shipped(Profile profile, Driver driver, Sheet sheet, Conversation conversation) {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  static Shipped of(String id, Installation installation) throws IOException, DocumentException {
    var profile = TestInstallation.profiles().find(id).orElseThrow();
    var driver = driver(profile.driver());
    var names = Conversations.of(profile, installation.conversations());
    var text =
        SimulatorSheet.of(
            new Output.Source(profile, Set.copyOf(driver.descriptor().links()), names));
    var problems = new Problems();
    var read = Document.parse(id, text, problems).map(SheetReader::read);
    problems.throwIfAny();
    var files =
        read.orElseThrow().conversations().stream()
            .map(installation.conversations()::resolve)
            .toList();
    return new Shipped(profile, driver, read.orElseThrow().sheet(), Conversation.read(files));
  }

  private static Driver driver(String id) {
    return ServiceLoader.load(Driver.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(driver -> driver.descriptor().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** What becomes of readings by the profile, each with a place. */
  List<Finding.Observation> observed(List<Reading> readings) {
    var normalizer = new Normalizer(profile, new Units());
    return readings.stream()
        .map(reading -> normalizer.normalize(new Received("d", reading, NOW, 1)))
        .map(
            finding -> {
              assertThat(finding).as(profile.id()).isInstanceOf(Finding.Observation.class);
              return (Finding.Observation) finding;
            })
        .toList();
  }
}
