package io.medtwin.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnclaimedTest {

  private static final Report SPO2 = TestDrivers.spo2(97);

  private final Unclaimed unclaimed = new Unclaimed();

  @Test
  void aFloodOfStrangersIsListedToTheLimitAndCountedBeyond() {
    int extra = 1_000;
    int heardFirst = 0;
    for (int i = 0; i < Unclaimed.LIMIT + extra; i++) {
      heardFirst += heard("stranger-" + i, SPO2, ManualClock.START) ? 1 : 0;
    }

    assertThat(heardFirst).isEqualTo(Unclaimed.LIMIT);
    assertThat(unclaimed.list()).hasSize(Unclaimed.LIMIT);
    assertThat(unclaimed.beyondLimit()).isEqualTo(extra);
  }

  @Test
  void aListedStrangerIsStillCountedWhenTheListIsFull() {
    fill();
    var later = ManualClock.START.plusSeconds(5);

    assertThat(heard("stranger-7", SPO2, later)).isFalse();
    assertThat(device("stranger-7"))
        .returns(2L, UnclaimedDevice::reports)
        .returns(ManualClock.START, UnclaimedDevice::firstHeard)
        .returns(later, UnclaimedDevice::lastHeard);
    assertThat(unclaimed.beyondLimit()).isZero();
  }

  @Test
  void oneThatWasSilentForLongMakesRoomForAnother() {
    fill();
    var later = ManualClock.START.plus(Unclaimed.FORGOTTEN).plusSeconds(1);
    for (int i = 1; i < Unclaimed.LIMIT; i++) {
      heard("stranger-" + i, SPO2, later);
    }
    unclaimed.news();

    assertThat(heard("new", SPO2, later)).isTrue();
    assertThat(heard("newer", SPO2, later)).as("all others were heard just now").isFalse();
    assertThat(unclaimed.news().gone())
        .extracting(UnclaimedDevice::address)
        .containsExactly("stranger-0");
  }

  @Test
  void namesUnitsAndIdentityAreKeptAndNoValue() {
    heard("x", Reading.of("pulse-rate", Numeric.of(4711, "bpm")), ManualClock.START);
    heard("x", Reading.of("pulse-rate", new Absent(Absent.Reason.SENSOR_OFF)), ManualClock.START);
    heard("x", Reading.of("contact", new Coded("secret")), ManualClock.START);
    heard("x", Identity.of(Attribute.SERIAL, "A17"), ManualClock.START);

    var device = device("x");

    assertThat(device.parameters())
        .containsEntry("pulse-rate", "bpm")
        .containsEntry("contact", UnclaimedDevice.WORD)
        .hasSize(2);
    assertThat(device.identity()).containsEntry(Attribute.SERIAL, "A17").hasSize(1);
    assertThat(device.toString()).doesNotContain("4711", "secret");
  }

  @Test
  void oneDeviceMaySayAnythingWithoutFillingTheGateway() {
    for (int i = 0; i < 1_000; i++) {
      var name = "p" + i + "x".repeat(1_000);
      heard("x", Reading.of(name, Numeric.of(1, "u".repeat(1_000))), ManualClock.START);
    }

    assertThat(device("x").parameters())
        .hasSize(UnclaimedDevice.MOST_PARAMETERS)
        .allSatisfy(
            (name, unit) -> {
              assertThat(name).hasSizeLessThanOrEqualTo(UnclaimedDevice.MOST_CHARS);
              assertThat(unit).hasSizeLessThanOrEqualTo(UnclaimedDevice.MOST_CHARS);
            });
  }

  @Test
  void onlyWhatIsNewIsToldAgain() {
    heard("a", SPO2, ManualClock.START);
    heard("b", SPO2, ManualClock.START);
    assertThat(unclaimed.news().newer()).hasSize(2);
    assertThat(unclaimed.news().isEmpty()).isTrue();

    heard("b", SPO2, ManualClock.START);
    unclaimed.remove("hub", "a");

    var news = unclaimed.news();
    assertThat(news.newer()).extracting(UnclaimedDevice::address).containsExactly("b");
    assertThat(news.gone()).extracting(UnclaimedDevice::address).containsExactly("a");
  }

  @Test
  void whatAnEarlierLifeKeptGoesOn() {
    unclaimed.restore(
        List.of(
            UnclaimedDevice.unheard("hub", "a", "drv", ManualClock.START)
                .with(SPO2, ManualClock.START)));

    assertThat(heard("a", SPO2, ManualClock.START.plusSeconds(1))).isFalse();
    assertThat(device("a").reports()).isEqualTo(2);
  }

  private void fill() {
    for (int i = 0; i < Unclaimed.LIMIT; i++) {
      heard("stranger-" + i, SPO2, ManualClock.START);
    }
  }

  private boolean heard(String address, Report report, Instant now) {
    return unclaimed.heard("hub", "drv", address, report, now);
  }

  private UnclaimedDevice device(String address) {
    return unclaimed.list().stream()
        .filter(one -> one.address().equals(address))
        .findFirst()
        .orElseThrow();
  }
}
