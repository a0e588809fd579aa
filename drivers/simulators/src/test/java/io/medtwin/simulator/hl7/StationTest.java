package io.medtwin.simulator.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.simulator.physiology.Patient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StationTest {

  private static final Instant EPOCH = Instant.parse("2026-03-04T08:00:00Z");
  private static final int SECONDS = 600;

  @Test
  void theSameSeedSaysTheSameAndAnotherSomethingElse() {
    assertThat(said(1)).isEqualTo(said(1)).isNotEqualTo(said(2));
  }

  @Test
  void everyMessageHasAControlIdOfItsOwn() {
    var ids = new HashSet<String>();
    for (String message : said(3)) {
      assertThat(ids.add(message.split("\\|")[9])).as(message).isTrue();
    }
    assertThat(ids).hasSizeGreaterThan(100);
  }

  @Test
  void everyDeliveryStartsAndStopsAndEveryAlertEnds() {
    var said = said(4);

    assertThat(count(said, "MDC_EVT_PUMP_DELIV_START")).isGreaterThan(3);
    assertThat(count(said, "MDC_EVT_PUMP_DELIV_STOP")).isGreaterThan(2);
    long starts = count(said, "|start|");
    long ends = count(said, "|end|");
    assertThat(starts).isGreaterThan(2);
    assertThat(starts - ends).isBetween(0L, 2L);
    assertThat(count(said, "|continue|")).isGreaterThan(starts);
  }

  @Test
  void laterMessagesOfAnAlertNameTheFirst() {
    for (String message : said(5)) {
      var request = message.lines().toList().get(0).split("\rOBR")[0];
      assertThat(request).isNotEmpty();
      if (message.contains("|continue|") || message.contains("|end|")) {
        assertThat(message).containsPattern("\\|\\^WARD-A00\\d-\\d+&STATION&");
      }
    }
  }

  @Test
  void theVolumeOnlyGrowsAndOnlyWhileThePumpDelivers() {
    var infusion = new Infusion(6);
    for (long second = 1; second < SECONDS; second++) {
      double grown = infusion.volume(second) - infusion.volume(second - 1);
      double should = infusion.isDelivering(second - 1) ? infusion.rate() / 3600 : 0;
      assertThat(grown)
          .as("second %s", second)
          .isCloseTo(should, org.assertj.core.data.Offset.offset(1e-9));
    }
  }

  private static long count(List<String> messages, String text) {
    return messages.stream().filter(message -> message.contains(text)).count();
  }

  private static List<String> said(long seed) {
    var station = new Station("WARD", seed, 2, List.of(new Patient(seed)), 10, EPOCH);
    var all = new ArrayList<String>();
    for (long tick = 0; tick < SECONDS; tick++) {
      all.addAll(station.at(tick));
    }
    return all;
  }
}
