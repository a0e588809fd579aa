package io.medtwin.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What a driver keeps, by number. Each has a page in {@code rules/}: why, how checked, the cure.
 */
public enum Rule {
  D1(Grade.BRONZE, "the descriptor is valid and stable, and the driver can be found"),
  D2(Grade.BRONZE, "a conversation gives the reports its transcript lists, twice in a row"),
  D3(Grade.SILVER, "readings do not depend on how bytes arrive", Kind.STREAM),
  D4(Grade.SILVER, "noise costs only the noise, and is counted"),
  D5(Grade.SILVER, "no single-bit error becomes a wrong reading", Kind.STREAM),
  D6(Grade.BRONZE, "every reading has a name of the right form and every number its unit"),
  D7(Grade.SILVER, "marks for a missing value become Absent, never a number"),
  D8(Grade.BRONZE, "when the other side closes, or the link dies, run ends with that exception"),
  D9(Grade.SILVER, "a device that falls silent ends run, or is waited for as declared"),
  D10(Grade.BRONZE, "an interrupt ends run at once"),
  D11(Grade.BRONZE, "nothing goes to the device but declared requests"),
  D12(Grade.SILVER, "what is cut off yields nothing wrong"),
  D13(Grade.BRONZE, "nonsense is discarded or refused, never thrown"),
  D14(Grade.SILVER, "1 MiB of nonsense costs only itself", Kind.MESSAGE),
  D15(Grade.GOLD, "while emit blocks nothing is read or lost, and an interrupt there ends run"),
  D16(Grade.GOLD, "no clock, thread, log, file or socket of its own"),
  D17(Grade.SILVER, "a peer that is half gone ends run: writes that fail, writes nobody hears"),
  D18(Grade.GOLD, "a counter of the device that wraps is shown"),
  D19(Grade.GOLD, "a clock of the device that jumps is shown"),
  D20(Grade.GOLD, "a parameter nobody foresaw is seen, not lost"),
  D21(Grade.GOLD, "memory and threads do not grow over a day"),
  D22(Grade.GOLD, "thousands of mutations find nothing"),
  D23(Grade.PLATINUM, "ten million mutations find nothing"),
  D24(Grade.PLATINUM, "it was held against a capture of a device or a second source");

  /** What a driver reads. */
  public enum Kind {
    STREAM,
    MESSAGE
  }

  private final Grade grade;
  private final String title;
  private final @Nullable Kind only;

  Rule(Grade grade, String title) {
    this(grade, title, null);
  }

  Rule(Grade grade, String title, @Nullable Kind only) {
    this.grade = grade;
    this.title = title;
    this.only = only;
  }

  /** The first grade that asks for it. */
  public Grade grade() {
    return grade;
  }

  /** What it demands, in a few words. */
  public String title() {
    return title;
  }

  /** Whether it speaks of drivers of that kind. */
  public boolean appliesTo(Kind kind) {
    return only == null || only == kind;
  }

  /** Its page in the sources of the kit. */
  public String page() {
    return "drivers/testkit/rules/" + name() + ".md";
  }
}
