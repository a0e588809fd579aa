package io.medtwin.runtime.session;

import static io.medtwin.runtime.session.ScriptedMessages.message;
import static io.medtwin.runtime.session.TestDrivers.PATIENCE;
import static io.medtwin.runtime.session.TestDrivers.bytesAsSpo2;
import static io.medtwin.runtime.session.TestDrivers.spo2;
import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.LinkKind;
import io.medtwin.twin.tap.Tap;
import io.medtwin.twin.tap.TapEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who looks over a device's shoulder sees what its link carries and what becomes of it. */
@Timeout(60)
class TapsTest {

  @TempDir private Path folder;

  @Test
  void bytesAreFollowedToTheirPlaceInTheTwin() throws Exception {
    try (var bench = new Bench(folder, "ox")) {
      var tap = bench.taps.open("ox");
      bench.start(
          Bench.device(
              "ox",
              bytesAsSpo2(),
              new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenSilent(97))));

      var seen = until(tap, event -> event instanceof TapEvent.Made);

      assertThat(seen)
          .hasSize(3)
          .anySatisfy(
              event ->
                  assertThat(event)
                      .isInstanceOfSatisfying(
                          TapEvent.Bytes.class,
                          bytes -> assertThat(bytes.bytes()).containsExactly(97)))
          .anySatisfy(
              event ->
                  assertThat(event)
                      .isInstanceOfSatisfying(
                          TapEvent.Heard.class,
                          heard ->
                              assertThat(heard)
                                  .returns("spo2", TapEvent.Heard::name)
                                  .returns("97", TapEvent.Heard::value)
                                  .returns(1L, TapEvent.Heard::sequence)))
          .anySatisfy(
              event ->
                  assertThat(event)
                      .isInstanceOfSatisfying(
                          TapEvent.Made.class,
                          made ->
                              assertThat(made)
                                  .returns(
                                      "features/spo2/properties/saturation", TapEvent.Made::path)
                                  .returns(150456, TapEvent.Made::code)
                                  .returns("valid", TapEvent.Made::note)));
    }
  }

  @Test
  void ofAHubOnlyTheMessagesOfTheDeviceLookedAtAreShownAndNeverThoseOfAStranger() throws Exception {
    var wire = new ScriptedMessages();
    var driver =
        TestDrivers.messages(
            (link, session) -> {
              while (true) {
                var message = link.receive(PATIENCE);
                session.device(message.address()).discard("checksum", 5);
                session.device(message.address()).emit(spo2(97));
              }
            });
    try (var bench = new Bench(folder, "known", "other")) {
      var tap = bench.taps.open("known");
      var strange = bench.taps.open("stranger");
      bench.start(
          Bench.hub(
              "hub",
              driver,
              new ScriptedTransport(LinkKind.MQTT, () -> wire),
              Map.of("AA:01", "known", "b", "other")));

      wire.put(message("stranger", "stranger", 1), message("b", null, 2));
      wire.put(message("aa:01", null, 2_000), message("b", null, 3));
      var seen = until(tap, event -> event instanceof TapEvent.Made);

      var messages = seen.stream().filter(event -> event instanceof TapEvent.Message).toList();
      assertThat(messages)
          .singleElement()
          .isInstanceOfSatisfying(
              TapEvent.Message.class,
              shown -> {
                assertThat(shown.topic()).isEqualTo("aa:01");
                assertThat(shown.length()).isEqualTo(2_000);
                assertThat(shown.bytes()).hasSize(Tap.MOST_BYTES);
              });
      assertThat(seen)
          .anySatisfy(
              event ->
                  assertThat(event)
                      .isInstanceOfSatisfying(
                          TapEvent.Discarded.class,
                          told -> assertThat(told.why()).isEqualTo("checksum")));
      assertThat(strange.take(0, TimeUnit.MILLISECONDS)).isEmpty();
    }
  }

  @Test
  void aTapThatNobodyReadsDelaysNothingAndCountsWhatItMissed() throws Exception {
    var many = new int[2_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = 90 + i % 9;
    }
    try (var bench = new Bench(folder, "ox")) {
      var tap = bench.taps.open("ox");
      bench.start(
          Bench.device(
              "ox",
              bytesAsSpo2(),
              new ScriptedTransport(LinkKind.TCP, () -> ScriptedBytes.thenSilent(many))));

      Await.until("all", () -> bench.view("ox").counts().received() == many.length);

      var kept = tap.take(0, TimeUnit.MILLISECONDS);
      assertThat(kept.size() + tap.missed()).isEqualTo(3L * many.length);
      assertThat(tap.missed()).isPositive();
      bench.taps.close(tap);
      assertThat(bench.taps.isAny()).isFalse();
    }
  }

  private static List<TapEvent> until(Tap tap, Predicate<TapEvent> last) throws Exception {
    var seen = new ArrayList<TapEvent>();
    while (seen.stream().noneMatch(last)) {
      seen.addAll(tap.take(1, TimeUnit.SECONDS));
    }
    return seen;
  }
}
