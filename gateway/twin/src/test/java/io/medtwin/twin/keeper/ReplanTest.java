package io.medtwin.twin.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Received;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileReader;
import io.medtwin.twin.tap.Taps;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A device goes on under another profile. */
class ReplanTest {

  private static final Units UNITS = new Units();
  private static final String CUFF =
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
          pulseRate: { from: pulse, code: 149546, unit: /min }
        power:
          level: { from: battery, unit: "%" }
      firmware:
        "2.": { channels: { nibp: { systolic: { sent: { unit: kPa } } } } }
      """;

  private Instant now = Instant.parse("2026-02-19T08:00:00Z");
  private long position;
  private DeviceLine line = line(profile(CUFF));
  private @Nullable Patch told;

  @Test
  void aValueWhoseUnitIsAnotherNowIsTakenAwayUntilItComesAgain() {
    say(Reading.of("sys", Numeric.of(120, "mm[Hg]")));
    say(Reading.of("pulse", Numeric.of(71, "/min")));
    settleAll();
    assertThat(at("features", "nibp", "properties", "systolic", "value"))
        .isEqualTo(BigDecimal.valueOf(120));

    replan(CUFF.replace("1.0.0", "2.0.0").replace("unit: \"mm[Hg]\"", "unit: kPa"));
    settleAll();

    assertThat(at("features", "nibp", "properties", "systolic")).isEqualTo(Patch.REMOVE);
    assertThat(at("attributes", "terms", "nibp", "systolic", "unit")).isEqualTo("kPa");
    assertThat(at("attributes", "profile", "version")).isEqualTo("2.0.0");
    assertThat(line.view(line.total()).values())
        .extracting(shown -> shown.name() + " " + shown.text())
        .containsExactly("pulseRate 71");
    say(Reading.of("sys", Numeric.of("16.0", "kPa")));
    settleAll();
    assertThat(at("features", "nibp", "properties", "systolic", "value"))
        .isEqualTo(new BigDecimal("16.0"));
    assertThat(line.account().isExact()).isTrue();
  }

  @Test
  void aPlaceThatIsNoMoreIsTakenAwayAndItsCountsAreKept() {
    say(Reading.of("battery", Numeric.of(80, "%")));
    say(Reading.of("pulse", Numeric.of(71, "/min")));
    settleAll();
    say(Reading.of("battery", Numeric.of(79, "%"))); // pending when the profile changes

    replan(CUFF.replace("  power:\n    level: { from: battery, unit: \"%\" }\n", ""));
    settleAll();

    assertThat(at("features", "power")).isEqualTo(Patch.REMOVE);
    assertThat(at("attributes", "terms", "power", "level")).isEqualTo(Patch.REMOVE);
    assertThat(line.account().balances())
        .containsEntry("former", new Balance(2, 1, 0, 0, 1, 0))
        .containsEntry("nibp/pulseRate", new Balance(1, 1, 0, 0, 0, 0));
    assertThat(line.account().isExact()).isTrue();
    say(Reading.of("battery", Numeric.of(78, "%")));
    settleAll();
    assertThat(at("features", "vendor", "properties", "battery", "unit")).isEqualTo("%");
  }

  @Test
  void aMergeThatIsUnderWayWhenTheProfileChangesIsCountedOnce() {
    settleAll();
    say(Reading.of("sys", Numeric.of(120, "mm[Hg]")));
    now = now.plusSeconds(5);
    var merge = line.next(now);
    assertThat(merge).isPresent();

    replan(CUFF.replace("unit: \"mm[Hg]\"", "unit: kPa"));
    line.settle(new Answer.Stored(), now);
    settleAll();

    assertThat(line.account().balances())
        .containsEntry("nibp/systolic", new Balance(1, 1, 0, 0, 0, 0));
    assertThat(at("features", "nibp", "properties", "systolic")).isEqualTo(Patch.REMOVE);
  }

  @Test
  void theFirmwareThatTheDeviceTellsChoosesTheVariantAlsoAfterARestart() throws IOException {
    say(Reading.of("sys", Numeric.of("16.0", "1")));
    assertThat(line.account().balances().get("nibp/systolic"))
        .as("a number without a unit is refused")
        .isEqualTo(new Balance(1, 0, 0, 0, 1, 0));

    say(firmware("2.4"));
    say(Reading.of("sys", Numeric.of("16.0", "1")));
    settleAll();

    assertThat((BigDecimal) at("features", "nibp", "properties", "systolic", "value"))
        .isBetween(new BigDecimal("120"), new BigDecimal("120.1"));
    var saved = line.save();
    line = line(profile(CUFF));
    line.restore(saved, now);
    say(Reading.of("sys", Numeric.of("15.0", "1")));
    assertThat(line.account().balances().get("nibp/systolic"))
        .satisfies(balance -> assertThat(balance.rejected()).isEqualTo(1));
  }

  @Test
  void theSavedStateNamesTheProfileInForce() {
    assertThat(line.save()).contains("\"profile\":\"cuff 1.0.0\"");
  }

  private static Identity firmware(String version) {
    var facts = new EnumMap<Identity.Attribute, String>(Identity.Attribute.class);
    facts.put(Identity.Attribute.FIRMWARE, version);
    return new Identity(facts);
  }

  private void replan(String yaml) {
    line.replan(plan(profile(yaml)), now);
  }

  private void say(Report report) {
    position++;
    now = now.plusMillis(100);
    line.take(position, Entry.Heard.of(new Received("c1", report, now, position)));
  }

  /** Carries out everything that is due; the last merge that told a reading or attribute stays. */
  private void settleAll() {
    for (int i = 0; i < 20; i++) {
      now = now.plusSeconds(2);
      var command = line.next(now);
      if (command.isEmpty()) {
        continue;
      }
      switch (command.get()) {
        case TwinCommand.Provision _ -> line.settle(provisioned(), now);
        case TwinCommand.Recall _ -> line.settle(new Answer.Recalled(Patch.EMPTY), now);
        case TwinCommand.Merge merge -> {
          told = merge.patch();
          line.settle(new Answer.Stored(), now);
        }
      }
      if (!line.isPending()) {
        return;
      }
    }
  }

  /** What the thing has stored is what was told last. */
  private Answer provisioned() {
    return told == null
        ? new Answer.Provisioned(true, 0, 0)
        : new Answer.Provisioned(
            false,
            (Long) at("features", "link", "properties", "epoch"),
            (Long) at("features", "link", "properties", "seq"));
  }

  private Object at(String... path) {
    @Nullable Object at = told;
    for (String name : path) {
      assertThat(at).as("%s in %s", name, told).isInstanceOf(Patch.class);
      at = at instanceof Patch patch ? patch.members().get(name) : null;
    }
    assertThat(at).as("%s in %s", String.join("/", path), told).isNotNull();
    return java.util.Objects.requireNonNull(at);
  }

  private DeviceLine line(Profile profile) {
    return new DeviceLine(
        plan(profile), UNITS, new SplittableRandom(1), now, new Kinship(), new Taps());
  }

  private static DevicePlan plan(Profile profile) {
    return new DevicePlan(new Facts("c1", "test:c1", "test:p", "gw", "drv", Patch.EMPTY), profile);
  }

  private static Profile profile(String yaml) {
    var problems = new Problems();
    var profile = Document.parse("cuff.yaml", yaml, problems).map(ProfileReader::read);
    assertThat(problems.list()).isEmpty();
    return profile.orElseThrow();
  }
}
