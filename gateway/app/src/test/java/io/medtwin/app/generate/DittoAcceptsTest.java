package io.medtwin.app.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.SelfPlan;
import io.medtwin.journal.Received;
import io.medtwin.spi.Report;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.backend.TwinCommand.Definition;
import io.medtwin.twin.clock.DeviceClock;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.ledger.Gap;
import io.medtwin.twin.ledger.Ledger;
import io.medtwin.twin.normalizer.Finding;
import io.medtwin.twin.normalizer.Normalizer;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.outbox.Outbox;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileReader;
import io.medtwin.twin.state.LinkState;
import io.medtwin.twin.state.Twin;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that checks refuses a whole merge for one leaf that its model does not know. So whatever
 * a device says, what the outbox writes of it must be within the models of its profile.
 */
class DittoAcceptsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String BASE = "http://models.example:8085";

  static Stream<Profile> profiles() throws Exception {
    return Stream.concat(TestInstallation.profiles().all().stream(), Stream.of(SelfPlan.profile()));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everythingTheOutboxWritesIsWithinTheModels(Profile profile) {
    var line = new Line(profile);
    line.create();
    for (Report report : Speaker.everything(profile)) {
      line.hear(report);
      line.sendAll();
    }
    line.gap();
    line.lose("cable pulled");
    line.sendAll();
    line.lose("");
    line.sendAll();

    assertThat(line.problems).isEmpty();
    assertThat(line.merges).as("merges that were checked").isGreaterThan(100);
    // or the test says nothing of what is never written
    var unwritten = new TreeSet<>(line.rules.features());
    unwritten.removeAll(line.written);
    assertThat(unwritten).isEmpty();
  }

  @Test
  void aProfileThatGainsAChannelIsRefusedUnderItsOldModel() throws Exception {
    var pump = TestInstallation.profiles().find("alaris-asena-gh").orElseThrow();
    var oximeter = TestInstallation.profiles().find("nonin-oem3").orElseThrow();
    var line = new Line(oximeter, ThingModels.definition(pump, BASE), models(pump));
    line.create();
    for (Report report : Speaker.everything(oximeter)) {
      line.hear(report);
      line.sendAll();
    }

    assertThat(line.problems).contains("feature not defined in the model: spo2");
  }

  @Test
  void whatOnlyOneFirmwareSaysIsWithinTheModels() {
    var profile =
        parsed(
            """
            profile: cuff
            version: 1.0.0
            manufacturer: Testmaker
            model: Cuff
            class: blood-pressure-monitor
            driver: test-driver
            channels:
              nibp:
                systolic: { from: sys, code: 150021, unit: "mm[Hg]" }
                state: { from: state, kind: enum }
            firmware:
              "2.":
                channels:
                  nibp:
                    diastolic: { from: dia, code: 150022, unit: "mm[Hg]" }
                    state: { from: state, kind: numeric, unit: "1" }
                    pressure: { from: pressure, kind: waveform, unit: "mm[Hg]" }
                  power:
                    level: { from: battery, unit: "%" }
            """);

    for (String firmware : List.of("1.0", "2.1")) {
      var line =
          new Line(
              profile.forFirmware(firmware),
              ThingModels.definition(profile, BASE),
              models(profile));
      line.create();
      for (Report report : Speaker.everything(profile.forFirmware(firmware))) {
        line.hear(report);
        line.sendAll();
      }

      assertThat(line.problems).as(firmware).isEmpty();
      assertThat(line.written.contains("power")).as(firmware).isEqualTo(firmware.equals("2.1"));
    }
  }

  @Test
  void aThingIsRefusedForAFeatureThatItsModelDoesNotKnow() throws Exception {
    var profile = TestInstallation.profiles().find("nonin-oem3").orElseThrow();
    var rules = new DittoRules(ThingModels.definition(profile, BASE).thing(), models(profile));
    var thing = JSON.createObjectNode();
    var features = thing.putObject("features");
    rules.features().forEach(features::putObject);
    assertThat(rules.create(thing)).isEmpty();

    features.putObject("xyzzy");

    assertThat(rules.create(thing)).containsExactly("feature not defined in the model: xyzzy");
  }

  private static Profile parsed(String yaml) {
    var problems = new Problems();
    var profile = Document.parse("cuff.yaml", yaml, problems).map(ProfileReader::read);
    assertThat(problems.list()).isEmpty();
    return profile.orElseThrow();
  }

  private static Map<String, String> models(Profile profile) {
    var models = new HashMap<String, String>();
    ThingModels.of(profile, BASE).forEach((path, text) -> models.put(BASE + "/" + path, text));
    return models;
  }

  /** One device between driver and Ditto, as the keeper drives it, and a server that checks. */
  private static final class Line {
    private final Profile profile;
    private final Definition definition;
    private final DittoRules rules;
    private final Normalizer normalizer;
    private final Outbox outbox;
    private final DeviceClock clock = new DeviceClock(null);
    private final List<String> problems = new ArrayList<>();
    private final TreeSet<String> written = new TreeSet<>();
    private JsonNode thing = JSON.createObjectNode();
    private Instant now = Instant.parse("2026-02-19T08:00:00Z");
    private Twin twin;
    private int merges;

    Line(Profile profile) {
      this(profile, ThingModels.definition(profile, BASE), models(profile));
    }

    Line(Profile profile, Definition definition, Map<String, String> models) {
      this.profile = profile;
      this.definition = definition;
      this.rules = new DittoRules(definition.thing(), models);
      this.normalizer = new Normalizer(profile, new Units());
      this.twin = Twin.unheard(profile, now);
      var facts =
          new Facts("d-1", "clinic:d-1", "clinic:policy", "gw-1", profile.driver(), attributes())
              .following(definition);
      this.outbox = new Outbox(facts, new Ledger(profile), profile, new SplittableRandom(1));
    }

    /** All that the wiring writes of a device, with everything that is optional. */
    private Patch attributes() {
      return io.medtwin.app.wiring.TestAttributes.of(profile);
    }

    void create() {
      var provision = (TwinCommand.Provision) outbox.next(twin, null, now).orElseThrow();
      assertThat(provision.definition()).isEqualTo(definition);
      var created = JSON.createObjectNode();
      created.put("definition", definition.thing());
      created.set("attributes", json(provision.attributes()));
      var features = created.putObject("features");
      definition
          .features()
          .forEach((name, model) -> features.putObject(name).putArray("definition").add(model));
      thing = created;
      problems.addAll(rules.create(thing));
      outbox.settle(new Answer.Provisioned(true, 0, 0), twin, now);
    }

    void hear(Report report) {
      now = now.plusMillis(20);
      if (twin.link().status() != LinkState.Status.ONLINE) {
        link(new LinkState(LinkState.Status.ONLINE, now, ""));
      }
      var time = clock.observe(report, now);
      if (clock.isNewsAfter(outbox.clock(), now)) {
        outbox.clockObserved(clock.status(now), now);
      }
      switch (normalizer.normalize(new Received("d-1", report, now, 1), time)) {
        case Finding.Observation seen -> {
          twin = twin.with(seen, now);
          outbox.observed(seen.metric(), twin.property(seen.metric()).orElseThrow(), now);
        }
        case Finding.Wave wave -> {
          twin = twin.with(wave);
          outbox.waveObserved(wave.metric(), now);
        }
        case Finding.WaveStopped stopped -> {
          twin = twin.with(stopped);
          outbox.waveObserved(stopped.metric(), now);
        }
        case Finding.Unmapped parameter -> {
          twin = twin.with(parameter);
          outbox.unmappedObserved(parameter.parameter(), now);
        }
        case Finding.AlertChange change -> {
          var before = twin.alerts().get(change.alert().occurrence());
          twin = twin.with(change);
          boolean ended = before != null && !twin.alerts().containsKey(change.alert().occurrence());
          outbox.alert(twin, change, ended ? before : null, now);
        }
        case Finding.Occurrence occurrence -> outbox.event(occurrence, now);
        case Finding.Identified identified -> {
          twin = twin.with(identified.identity());
          outbox.deviceObserved(now);
        }
        case Finding.Withheld _, Finding.Rejected _, Finding.Undated _, Finding.Seen _ -> {}
      }
    }

    void gap() {
      outbox.doubted("two devices say they are this one", now);
      outbox.gap(new Gap(now.minusSeconds(9), now, "the gateway was started again"));
    }

    void lose(String why) {
      now = now.plusSeconds(60);
      var before = twin;
      twin = twin.agedTo(now);
      twin.changedSince(before)
          .forEach(metric -> outbox.aged(metric, twin.property(metric).orElseThrow(), now));
      link(new LinkState(LinkState.Status.OFFLINE, now, why));
    }

    private void link(LinkState next) {
      twin = twin.with(next);
      outbox.linkChanged(twin, now);
    }

    /** Lets the outbox say all it has. */
    void sendAll() {
      for (int i = 0; i < 1_000 && outbox.isPending(); i++) {
        now = now.plus(Duration.ofMillis(250));
        outbox.next(twin, now, now).ifPresent(this::take);
      }
    }

    private void take(TwinCommand command) {
      var patch = json(((TwinCommand.Merge) command).patch());
      thing = DittoRules.merged(thing, patch);
      merges++;
      rules.merge(patch, thing).stream().filter(p -> !problems.contains(p)).forEach(problems::add);
      written.addAll(patch.path("features").propertyNames());
      outbox.settle(new Answer.Stored(), twin, now);
    }
  }

  private static ObjectNode json(Patch patch) {
    var node = JSON.createObjectNode();
    patch
        .members()
        .forEach(
            (name, value) -> {
              switch (value) {
                case String text -> node.put(name, text);
                case Boolean flag -> node.put(name, flag);
                case Long whole -> node.put(name, whole);
                case BigDecimal number -> node.put(name, number);
                case Patch inner -> node.set(name, json(inner));
                default -> {
                  assertThat(Objects.equals(value, Patch.REMOVE)).isTrue();
                  node.putNull(name);
                }
              }
            });
    return node;
  }
}
