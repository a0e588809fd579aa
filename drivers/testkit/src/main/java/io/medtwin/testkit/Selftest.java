package io.medtwin.testkit;

import io.medtwin.spi.Driver;
import io.medtwin.testkit.broken.BreathHubDriver;
import io.medtwin.testkit.broken.ClockReadingDriver;
import io.medtwin.testkit.broken.PrintingDriver;
import io.medtwin.testkit.broken.PulseOximeterDriver;
import io.medtwin.testkit.broken.SleepingDriver;
import io.medtwin.testkit.broken.ThreadStartingDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Drivers that are broken on purpose, and the rule that each must break first: who trusts the kit
 * wants to see it say no.
 *
 * @param name of the defect
 * @param what it does wrong, in a line
 * @param rule the first rule it breaks; null for the sound ones
 * @param subject the driver with its conversations
 */
public record Selftest(String name, String what, @Nullable Rule rule, Subject subject) {

  private static final String FRAMES =
      """
      # 02 spo2 pulse sum
      < 02 61 48 ab / 02 60 4a ac / 02 7f 7f 00 / 02 5f 49 aa / 02 5e 4a aa
      """;
  private static final String POLLED =
      """
      > 3f
      < 02 61 48 ab
      > 3f
      < 02 7f 7f 00
      > 3f
      """;
  private static final String BEDS =
      """
      message breath/bed-1 device=bed-1 type=text/plain
      < "rate=14;"
      message breath/bed-2 device=bed-2
      < "rate=-;"
      message breath/bed-1 device=bed-1
      < "co=38;"
      """;
  private static final String CLOCK =
      """
      message breath/bed-1 device=bed-1
      < "@9000;rate=14;"
      message breath/bed-1 device=bed-1
      < "@3;rate=15;"
      message breath/bed-1 device=bed-1
      < "@65535;rate=16;"
      message breath/bed-1 device=bed-1
      < "@2;rate=-;"
      """;
  private static final String BYTES = "< 61 / 60 / 5f\n";

  private static final String FIXED = "without unknown-parameters: a frame has two fields\n";
  private static final String OF_ONE_BYTE =
      """
      without unknown-parameters: a byte is all there is
      without missing-value-marks: every value is one
      without checksum: a byte is all there is
      without clock-jump: it has no clock
      noise 65-ff: any other byte is a frame
      """;
  private static final String JUMP =
      """
      without unknown-parameters: shown by another hub
      shows clock-jump in said as "at 3 x PT1S": switched off and on
      """;
  private static final String JUMP_AND_WRAP =
      JUMP + "shows counter-wrap in said as \"at 65538 x PT1S\": the counter has 16 bits\n";
  private static final String UNKNOWN =
      "shows unknown-parameters in said as \"reading co 38\": a name nobody lists\n";

  /** Every broken driver. */
  public static List<Selftest> broken() {
    var all = new ArrayList<Selftest>();
    oximeter(all, Rule.D1, "FORBIDDEN_LINK", "says it takes MQTT and reads bytes");
    oximeter(all, Rule.D2, "REMEMBERS_THE_SESSION_BEFORE", "keeps static state");
    oximeter(all, Rule.D3, "NEEDS_WHOLE_CHUNKS", "takes a read for a frame");
    oximeter(all, Rule.D4, "LOSES_A_FRAME_TO_NOISE", "skips a whole frame for one bad byte");
    oximeter(all, Rule.D4, "HIDES_NOISE", "discards without counting");
    all.add(
        oximeter(
            Rule.D5,
            "IGNORES_CHECKSUM",
            "believes a damaged frame",
            FRAMES,
            FIXED + "noise-without 02: else its noise would be frames to it\n"));
    oximeter(all, Rule.D6, "SHOUTS_NAMES", "calls a parameter SpO2");
    oximeter(all, Rule.D7, "SENDS_SENTINELS", "reports 127 % while the sensor is off");
    oximeter(all, Rule.D8, "WRAPS_EXCEPTIONS", "throws another exception than the link's");
    oximeter(all, Rule.D8, "RETURNS_WHEN_THE_LINK_DIES", "says goodbye for a dead link");
    oximeter(all, Rule.D9, "WAITS_FOR_EVER", "swallows silence");
    oximeter(all, Rule.D10, "SWALLOWS_INTERRUPTS", "returns where it was stopped");
    oximeter(all, Rule.D11, "WRITES_COMMANDS", "writes what nobody declared");
    oximeter(all, Rule.D12, "BELIEVES_A_CUT_FRAME", "reads what came of a frame at the end");
    oximeter(all, Rule.D13, "THROWS_ON_NOISE", "throws where it should discard");
    oximeter(all, Rule.D15, "GOES_ON_WHEN_STOPPED_IN_EMIT", "swallows the interrupt of emit");
    all.add(bytes(Rule.D15, "STARTS_A_THREAD", "emits elsewhere", ThreadStartingDriver::new));
    all.add(bytes(Rule.D16, "READS_THE_CLOCK", "measures time itself", ClockReadingDriver::new));
    all.add(bytes(Rule.D16, "SLEEPS", "waits by the clock, not by the link", SleepingDriver::new));
    all.add(bytes(Rule.D16, "PRINTS", "prints what it reads", PrintingDriver::new));
    all.add(oximeter(Rule.D17, "HIDES_DEAD_WRITES", "swallows a broken pipe", POLLED, FIXED));
    hub(all, Rule.D18, "NONE", "has a counter that no transcript shows wrapping", CLOCK, JUMP);
    hub(all, Rule.D18, "FORGETS_THE_WRAP", "begins at 0 where it wraps", CLOCK, JUMP_AND_WRAP);
    hub(all, Rule.D19, "HOLDS_TIME_BACK", "hides a clock set back", CLOCK, JUMP_AND_WRAP);
    hub(
        all,
        Rule.D20,
        "DROPS_WHAT_IT_DOES_NOT_KNOW",
        "loses a parameter nobody listed",
        BEDS,
        UNKNOWN);
    oximeter(all, Rule.D21, "KEEPS_EVERY_FRAME", "grows by 100 bytes a frame");
    oximeter(all, Rule.D22, "DIES_OF_A_FRAME_SENT_TWICE", "divides by the change of two frames");
    hub(all, Rule.D4, "LOSES_IN_SILENCE", "drops a message without a word", BEDS, UNKNOWN);
    hub(
        all,
        Rule.D9,
        "WAITS_FOR_EVER",
        "waits on though its device speaks each second",
        BEDS,
        UNKNOWN);
    hub(all, Rule.D11, "SENDS_COMMANDS", "sends a start command", BEDS, UNKNOWN);
    hub(all, Rule.D12, "BELIEVES_HALF_A_MESSAGE", "reads a message that was cut", BEDS, UNKNOWN);
    hub(all, Rule.D13, "DIES_OF_NONSENSE", "throws where it should refuse", BEDS, UNKNOWN);
    hub(all, Rule.D14, "SINKS_INTO_DEEP_NESTING", "recurses as deep as it is told", BEDS, UNKNOWN);
    return List.copyOf(all);
  }

  /** The same drivers without a defect. */
  public static List<Selftest> sound() {
    var all = new ArrayList<Selftest>();
    oximeter(all, null, "NONE", "sound, its device speaks by itself");
    all.add(oximeter(null, "POLLS", "sound, its device is asked", POLLED, FIXED));
    hub(all, null, "NONE", "sound, a hub", BEDS, UNKNOWN);
    hub(all, null, "NONE", "sound, its device has a clock", CLOCK, JUMP_AND_WRAP);
    return List.copyOf(all);
  }

  /** The first rule that it breaks, by checking one after the other; empty if it keeps all. */
  public Optional<RuleBroken> firstBroken() {
    PulseOximeterDriver.forget();
    var effort = new Effort(20_000, Effort.MUTATIONS_SHORT, 0, 1, Effort.Focus.ALL);
    var conformance = new Conformance(subject, effort);
    try {
      for (var asked : Rule.values()) {
        if (asked.grade() != Grade.PLATINUM) {
          conformance.require(asked);
        }
      }
      return Optional.empty();
    } catch (RuleBroken broken) {
      return Optional.of(broken);
    } finally {
      PulseOximeterDriver.forget();
    }
  }

  /** Whether the kit says no for the right reason, or yes to a sound one. */
  public boolean isRight(Optional<RuleBroken> broken) {
    return broken.map(RuleBroken::rule).equals(Optional.ofNullable(rule));
  }

  @Override
  public String toString() {
    return name;
  }

  private static void oximeter(
      List<Selftest> all, @Nullable Rule rule, String defect, String what) {
    all.add(oximeter(rule, defect, what, FRAMES, FIXED));
  }

  private static Selftest oximeter(
      @Nullable Rule rule, String defect, String what, String text, String declared) {
    var one = PulseOximeterDriver.Defect.valueOf(defect);
    return of("oximeter", rule, defect, what, () -> new PulseOximeterDriver(one), text, declared);
  }

  private static void hub(
      List<Selftest> all,
      @Nullable Rule rule,
      String defect,
      String what,
      String text,
      String declared) {
    var one = BreathHubDriver.Defect.valueOf(defect);
    all.add(of("hub", rule, defect, what, () -> new BreathHubDriver(one), text, declared));
  }

  private static Selftest bytes(Rule rule, String defect, String what, Supplier<Driver> maker) {
    return of("byte", rule, defect, what, maker, BYTES, OF_ONE_BYTE);
  }

  private static Selftest of(
      String kind,
      @Nullable Rule rule,
      String defect,
      String what,
      Supplier<? extends Driver> maker,
      String text,
      String declared) {
    var transcript = Transcript.parse("said", text);
    var conversation = new Conversation(transcript, Declarations.parse(defect, declared));
    var subject = new Subject(maker, List.of(conversation), false);
    var said = Checks.of(subject, Effort.ofBuild()).lines(conversation);
    var believed =
        new Transcript(transcript.name(), transcript.settings(), transcript.turns(), said);
    return new Selftest(
        kind + "-" + defect.toLowerCase(Locale.ROOT).replace('_', '-'),
        what,
        rule,
        new Subject(
            maker, List.of(new Conversation(believed, conversation.declarations())), false));
  }
}
