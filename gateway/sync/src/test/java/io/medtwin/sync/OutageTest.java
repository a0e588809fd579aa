package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.sync.Outage.Level;
import io.medtwin.sync.Outage.Line;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {

  private static final long SECOND = 1_000_000_000L;

  private final Outage outage = new Outage(0);

  @Test
  void aConnectionAtOnceIsOneLine() {
    assertThat(outage.over("user gw-07", SECOND))
        .isEqualTo(new Line(Level.INFO, "connected as user gw-07"));
  }

  @Test
  void aReturnTellsHowLongItTookAndHowOftenItFailed() {
    outage.over("user gw-07", SECOND);
    Line lost = outage.lost("closed by the server, code 1001", 12, 10 * SECOND);
    outage.failed("refused", null);
    outage.failed("refused", null);
    Line back = outage.over("user gw-07", 22 * SECOND);

    assertThat(lost.text()).startsWith("lost (closed by the server, code 1001), 12 commands");
    assertThat(back).isEqualTo(new Line(Level.INFO, "back after PT12S, 2 attempts failed"));
  }

  @Test
  void aReasonThatRepeatsIsToldOnceAndANewOneAgain() {
    assertThat(outage.failed("refused", null)).isNotNull();
    assertThat(outage.failed("refused", null)).isNull();
    assertThat(outage.failed("no route", null)).isNotNull();
  }

  @Test
  void whatNeedsSomebodyIsAnErrorThatSaysWhenItIsTriedAgain() {
    assertThat(outage.failed("wrong password; correct it", Duration.ofSeconds(60)))
        .isEqualTo(
            new Line(
                Level.ERROR, "cannot connect: wrong password; correct it; trying again each PT1M"));
  }

  @Test
  void theNextOutageTellsItsReasonAgain() {
    outage.failed("refused", null);
    outage.over("user gw-07", SECOND);

    assertThat(outage.failed("refused", null)).isNotNull();
  }
}
