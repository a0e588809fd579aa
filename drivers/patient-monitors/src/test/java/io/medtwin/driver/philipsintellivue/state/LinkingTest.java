package io.medtwin.driver.philipsintellivue.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.philipsintellivue.wire.Attributes;
import io.medtwin.driver.philipsintellivue.wire.Observation;
import io.medtwin.driver.philipsintellivue.wire.Pdu.Link;
import io.medtwin.driver.philipsintellivue.wire.Pdu.PollResult;
import io.medtwin.driver.philipsintellivue.wire.Pdu.Polled;
import io.medtwin.driver.philipsintellivue.wire.Ticks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkingTest {

  private final List<List<Integer>> whole = new ArrayList<>();
  private Linking linking = Linking.none();
  private int lost;

  @Test
  void aSetIsToldWhenItIsClosed() {
    hear(new Link(Link.FIRST, 1), 10);
    hear(new Link(Link.MIDDLE, 2), 20);
    hear(new Link(Link.LAST, 3), 30);
    assertThat(whole).isEmpty();

    hear(null);

    assertThat(whole).containsExactly(List.of(10, 20, 30));
    assertThat(lost).isZero();
  }

  @Test
  void whicheverPartIsMissingTheSetIsNotTold() {
    for (int missing = 1; missing <= 3; missing++) {
      for (int part = 1; part <= 3; part++) {
        if (part != missing) {
          hear(new Link(part, part), part);
        }
      }
      hear(null);
    }

    assertThat(whole).isEmpty();
    assertThat(lost).isEqualTo(3);
  }

  @Test
  void aSetWhoseCloseIsMissingEndsWithTheNextOne() {
    hear(new Link(Link.FIRST, 1), 1);
    hear(new Link(Link.LAST, 2), 2);
    hear(new Link(Link.FIRST, 1), 3);
    hear(new Link(Link.LAST, 2), 4);
    hear(null);

    assertThat(whole).containsExactly(List.of(3, 4));
    assertThat(lost).isOne();
  }

  @Test
  void whatCannotBeCannotBeAskedFor() {
    assertThat(WaveChoice.parse(" ecg-ii,pleth wave-50ac, pleth").codes())
        .containsExactly(0x0102, 0x4BB4, 0x50AC);
    assertThat(WaveChoice.parse("").codes()).isEmpty();
    assertThatThrownBy(() -> WaveChoice.parse("ecg-iv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ecg-iv")
        .hasMessageContaining("ecg-ii");
  }

  @Test
  void theCounterGoesOnOverItsEnd() {
    long nearEnd = (1L << 32) - 4;

    assertThat(Ticks.between(nearEnd, 6)).isEqualTo(10);
    assertThat(Ticks.between(6, nearEnd)).isEqualTo(-10);
    assertThat(Ticks.plus(nearEnd, 10)).isEqualTo(6);
  }

  private void hear(@Nullable Link link, Integer... handles) {
    var observations =
        List.of(handles).stream().map(h -> new Observation(1, h, Attributes.of())).toList();
    var step =
        linking.with(new PollResult(1003, link, new Polled(0, 6, 0), 0, 0, null, observations));
    linking = step.next();
    lost += step.isLost() ? 1 : 0;
    var set = step.whole();
    if (set != null) {
      whole.add(set.observations().stream().map(Observation::handle).toList());
    }
  }
}
