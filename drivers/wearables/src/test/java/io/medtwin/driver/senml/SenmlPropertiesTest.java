package io.medtwin.driver.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class SenmlPropertiesTest {

  @Property(tries = 20_000)
  void anyOctetsAreAPackOrTheCodecsOwnError(
      @ForAll @Size(max = 64) byte[] octets, @ForAll SenmlFormat format) {
    resolveOrRefuse(octets, format);
  }

  @Property
  void aPackWithBrokenOctetsIsAPackOrTheCodecsOwnError(
      @ForAll("packs") List<SenmlEntry> entries,
      @ForAll SenmlFormat format,
      @ForAll int place,
      @ForAll byte broken) {
    var octets = Senml.write(entries, format);
    octets[Math.floorMod(place, octets.length)] = broken;
    resolveOrRefuse(octets, format);
  }

  @Property
  void aWrittenPackComesBackTheSame(
      @ForAll("packs") List<SenmlEntry> entries, @ForAll SenmlFormat format) throws SenmlException {
    assertThat(Senml.parse(Senml.write(entries, format), format)).isEqualTo(entries);
  }

  private static void resolveOrRefuse(byte[] octets, SenmlFormat format) {
    try {
      assertThat(Senml.resolve(Senml.parse(octets, format), SenmlNames.STANDARD)).isNotNull();
    } catch (SenmlException e) {
      assertThat(e.problem()).isNotNull();
    }
  }

  @Provide
  Arbitrary<List<SenmlEntry>> packs() {
    return entries().list().ofMaxSize(6);
  }

  private static Arbitrary<SenmlEntry> entries() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 10).injectNull(0.8),
            names().injectNull(0.5),
            decimals().injectNull(0.5),
            names().injectNull(0.5),
            decimals().injectNull(0.8),
            names().injectNull(0.5),
            values().injectNull(0.3),
            decimals().injectNull(0.5))
        .as(
            (version, baseName, baseTime, unit, baseValue, name, value, time) ->
                new SenmlEntry(
                    version, baseName, baseTime, unit, baseValue, baseTime, name, unit, value, time,
                    time, baseValue));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings().ofMaxLength(12);
  }

  private static Arbitrary<BigDecimal> decimals() {
    return Combinators.combine(
            Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(39).negate(), BigInteger.TEN.pow(39)),
            Arbitraries.integers().between(-20, 20))
        .as(BigDecimal::new);
  }

  private static Arbitrary<SenmlValue> values() {
    return Arbitraries.oneOf(
        decimals().map(SenmlValue.Num::new),
        Arbitraries.strings().ofMaxLength(20).map(SenmlValue.Str::new),
        Arbitraries.of(true, false).map(SenmlValue.Bool::new),
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(20)
            .map(octets -> new SenmlValue.Data(ByteBuffer.wrap(octets))));
  }
}
