package io.medtwin.testkit;

import io.medtwin.spi.Driver;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules that are the same for drivers of bytes and of messages, as tests. */
public abstract sealed class DriverContract permits StreamDriverContract, MessageDriverContract {

  /** A new instance of the driver under test. */
  protected abstract Driver driver();

  /** Conversations with the device, at least one. */
  protected abstract Stream<Transcript> transcripts();

  /**
   * What the protocol cannot give, with the reasons: the file {@value Declarations#FILE_NAME}
   * beside the transcripts. Where there is nothing to declare, every rule holds in full.
   */
  protected Declarations declarations() {
    return Declarations.none();
  }

  @Test
  @DisplayName("D1: the descriptor is valid and stable, and the driver can be found")
  public final void d01DescriptorIsValidAndStable() {
    require(Rule.D1);
  }

  @Test
  @DisplayName("D2: a conversation gives the reports its transcript lists, twice in a row")
  public final void d02AConversationGivesItsReports() {
    require(Rule.D2);
  }

  @Test
  @DisplayName("D6: every reading has a name of the right form and every number its unit")
  public final void d06EveryNumberHasAUnit() {
    require(Rule.D6);
  }

  @Test
  @DisplayName("D7: marks for a missing value become Absent, never a number")
  public final void d07MarksForMissingValuesBecomeAbsent() {
    require(Rule.D7);
  }

  @Test
  @DisplayName("D8: when the other side closes, or the link dies, run ends with that exception")
  public final void d08TheEndOfTheLinkEndsRun() {
    require(Rule.D8);
  }

  @Test
  @DisplayName("D9: a device that falls silent ends run, or is waited for as declared")
  public final void d09SilenceEndsRun() {
    require(Rule.D9);
  }

  @Test
  @DisplayName("D10: an interrupt ends run at once")
  public final void d10AnInterruptEndsRun() {
    require(Rule.D10);
  }

  @Test
  @DisplayName("D13: nonsense is discarded or refused, never thrown")
  public final void d13NonsenseIsNeverThrown() {
    require(Rule.D13);
  }

  @Test
  @DisplayName("D15: while emit blocks nothing is read or lost, and an interrupt there ends run")
  public final void d15ABlockedEmitHoldsEverything() {
    require(Rule.D15);
  }

  @Test
  @DisplayName("D16: no clock, thread, log, file or socket of its own")
  public final void d16NoClockThreadOrDoorOfItsOwn() {
    require(Rule.D16);
  }

  @Test
  @DisplayName("D17: a peer that is half gone ends run: writes that fail, writes nobody hears")
  public final void d17AHalfOpenPeerEndsRun() {
    require(Rule.D17);
  }

  @Test
  @DisplayName("D18: a counter of the device that wraps is shown")
  public final void d18ACounterThatWrapsIsShown() {
    require(Rule.D18);
  }

  @Test
  @DisplayName("D19: a clock of the device that jumps is shown")
  public final void d19AClockThatJumpsIsShown() {
    require(Rule.D19);
  }

  @Test
  @DisplayName("D20: a parameter nobody foresaw is seen, not lost")
  public final void d20AnUnknownParameterIsSeen() {
    require(Rule.D20);
  }

  @Test
  @DisplayName("D21: memory and threads do not grow over a day")
  public final void d21MemoryAndThreadsDoNotGrow() {
    require(Rule.D21);
  }

  @Test
  @DisplayName("D22: thousands of mutations find nothing")
  public final void d22MutationsFindNothing() {
    require(Rule.D22);
  }

  /** Holds the driver against one rule, as far as a build can wait. */
  final void require(Rule rule) {
    var declarations = declarations();
    var conversations =
        transcripts().map(transcript -> new Conversation(transcript, declarations)).toList();
    new Conformance(new Subject(this::driver, conversations), Effort.ofBuild()).require(rule);
  }
}
