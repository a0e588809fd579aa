package io.medtwin.simulator.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.senml.SenmlFormat;
import io.medtwin.simulator.sheet.Sheet.Kind;
import io.medtwin.simulator.sheet.Sheet.Parameter;
import io.medtwin.simulator.sheet.Sheet.Range;
import io.medtwin.simulator.sheet.Sheet.Sent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LivingMessagesTest {
  private static final Instant EPOCH = Instant.parse("2026-11-24T08:00:00Z");
  private static final UnitConversion DEGREES =
      (number, from, to) ->
          from.equals(to)
              ? Optional.of(number)
              : from.equals("Cel") && to.equals("[degF]")
                  ? Optional.of(number.multiply(new BigDecimal("1.8")).add(new BigDecimal("32")))
                  : Optional.empty();

  @Test
  void aNumberIsWrittenAsTheModelMeansItAndInTheUnitOfItsField() {
    var sent = new Sent("Cel", new BigDecimal("0.1"), new BigDecimal("30"));
    var raw = number("temp", "Cel", new Range(dec("36.5"), dec("36.5")), sent);

    assertThat(said(json("temp <- $.t unit=1"), raw)).containsExactly("{\"t\":65}");
    assertThat(
            said(
                json("temp <- $.t unit=[degF]"),
                number("temp", "Cel", new Range(dec("37.0"), dec("37.0")), Sent.PLAINLY)))
        .containsExactly("{\"t\":98.60}");
    assertThat(said(json("temp <- $.t unit=mm[Hg]"), raw)).isEmpty();
  }

  @Test
  void aWordComesFromTheFieldWhereTheSheetListsNone() {
    var activity =
        new Parameter("act", Kind.ENUM, "", List.of(), null, null, null, null, Sent.PLAINLY);

    assertThat(said(json("act <- $.a as=code codes=1:walk"), activity))
        .containsExactly("{\"a\":1}");
  }

  @Test
  void whatHasNoPeriodIsSaidWhenItChangesAndOnceAMinute() {
    var constant = number("n", "1", new Range(dec("5"), dec("5")), Sent.PLAINLY);
    var living =
        LivingMessages.of(
            sheet("json-fields", json("n <- $.n unit=1"), constant),
            self(1),
            SenmlFormat.JSON,
            DEGREES);

    assertThat(LongStream.range(0, 180).filter(tick -> !living.at(tick).isEmpty()).boxed())
        .containsExactly(0L, 60L, 120L);
  }

  @Test
  void aPackNamesItsDeviceUnlessNamesAreWholePaths() {
    var one = number("/3346/0/5700", "/min", new Range(dec("60"), dec("60")), Sent.PLAINLY);

    assertThat(said("senml", Map.of(), one))
        .singleElement()
        .asString()
        .contains("\"bn\":\"urn:example:dev-1:\"", "\"bt\":1795507200");
    assertThat(said("senml", Map.of("names", "lwm2m"), one))
        .singleElement()
        .asString()
        .doesNotContain("bn\"");
  }

  @Test
  void anotherDriverAndAWrongListAreRefused() {
    var one = number("n", "1", new Range(dec("5"), dec("5")), Sent.PLAINLY);

    assertThatThrownBy(() -> said("nonin-oem3", Map.of(), one)).hasMessageContaining("nonin-oem3");
    assertThatThrownBy(() -> said(json("n <- n unit=1"), one))
        .hasMessageContaining("settings/fields: ");
  }

  private static Map<String, String> json(String fields) {
    return Map.of("fields", fields);
  }

  private static List<String> said(Map<String, String> settings, Parameter parameter) {
    return said("json-fields", settings, parameter);
  }

  private static List<String> said(
      String driver, Map<String, String> settings, Parameter parameter) {
    return LivingMessages.of(sheet(driver, settings, parameter), self(1), SenmlFormat.JSON, DEGREES)
        .at(0)
        .stream()
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .toList();
  }

  private static LivingMessages.Self self(long seed) {
    return new LivingMessages.Self("dev-1", EPOCH, seed);
  }

  private static Parameter number(String name, String unit, Range range, Sent sent) {
    return new Parameter(
        name, Kind.NUMERIC, unit, List.of(), null, new BigDecimal("0.1"), null, range, sent);
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }

  private static Sheet sheet(String driver, Map<String, String> settings, Parameter parameter) {
    return new Sheet(
        "acme-1",
        driver,
        settings,
        Map.of(),
        new Sheet.Maker("ACME", "1", "S-1"),
        Map.of(),
        List.of(parameter),
        Set.of());
  }
}
