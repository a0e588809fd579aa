package io.medtwin.twin.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Identity.Attribute;
import io.medtwin.twin.identity.Identifier.Eui64;
import io.medtwin.twin.identity.Identifier.Plate;
import io.medtwin.twin.identity.Identifier.Udi;
import io.medtwin.twin.identity.Identifier.VendorId;
import io.medtwin.twin.identity.Resolver.Joined;
import io.medtwin.twin.identity.Resolver.Known;
import io.medtwin.twin.identity.Resolver.Resolution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ResolverTest {

  private static final Udi UDI = new Udi("04012345678901", "A17");
  private static final Plate PLATE = new Plate("Alaris", "Asena GH", "004711");
  private static final Eui64 EUI = new Eui64("0011B3FFFE445566");
  private static final VendorId VENDOR = new VendorId("acme", "7");

  @Test
  void theStrongestIdentifierIsTheDevicesName() {
    var resolution = Resolver.resolve(List.of(seen("a", VENDOR, EUI, PLATE, UDI)));

    assertThat(resolution.devices()).extracting(Known::name).containsExactly(UDI);
    assertThat(resolution.devices().getFirst().aliases().keySet())
        .containsExactly(UDI, PLATE, EUI, VENDOR);
  }

  @Test
  void everyAliasKeepsTheSourcesThatSawIt() {
    var resolution = Resolver.resolve(List.of(seen("file", PLATE), seen("device", PLATE, EUI)));

    assertThat(resolution.devices())
        .singleElement()
        .extracting(Known::aliases)
        .isEqualTo(Map.of(PLATE, Set.of("file", "device"), EUI, Set.of("device")));
  }

  @Test
  void oneSharedIdentifierIsADoubtAndNoMerge() {
    var resolution = Resolver.resolve(List.of(seen("a", UDI, EUI), seen("b", PLATE, EUI)));

    assertThat(resolution.devices()).hasSize(2);
    assertThat(resolution.doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.why()).contains(EUI.text()));
  }

  @Test
  void twoSharedStrongIdentifiersMerge() {
    var resolution = Resolver.resolve(List.of(seen("a", UDI, PLATE, EUI), seen("b", PLATE, EUI)));

    assertThat(resolution.devices()).extracting(Known::name).containsExactly(UDI);
    assertThat(resolution.doubts()).isEmpty();
  }

  @Test
  void aWeakIdentifierDoesNotMakeASecondMatch() {
    var resolution =
        Resolver.resolve(List.of(seen("a", UDI, EUI, VENDOR), seen("b", PLATE, EUI, VENDOR)));

    assertThat(resolution.devices()).hasSize(2);
  }

  @Test
  void aPersonMayJoinTwo() {
    var sightings = List.of(seen("a", UDI), seen("b", PLATE));

    assertThat(Resolver.resolve(sightings).devices()).hasSize(2);
    assertThat(Resolver.resolve(sightings, List.of(new Joined(PLATE, UDI))).devices())
        .extracting(Known::name)
        .containsExactly(UDI);
  }

  @Test
  void aSerialNumberInAnotherSpellingIsADoubtAndNoMerge() {
    var other = new Plate("Alaris", "Asena GH", "SN-4711");
    var resolution = Resolver.resolve(List.of(seen("a", PLATE), seen("b", other)));

    assertThat(resolution.devices()).hasSize(2);
    assertThat(resolution.doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.why()).contains("004711", "SN-4711", "alike"));
  }

  @Test
  void theSameSerialNumberOfAnotherModelIsAnotherDevice() {
    var other = new Plate("Alaris", "Asena CC", "004711");
    var resolution = Resolver.resolve(List.of(seen("a", PLATE), seen("b", other)));

    assertThat(resolution.devices()).hasSize(2);
    assertThat(resolution.doubts()).isEmpty();
  }

  @Test
  void whatHasNoIdentifierIsQuarantined() {
    var nameless = Sighting.of("hub straps", "ACME", "T1", Map.of(Attribute.FIRMWARE, "1.2"));
    var resolution = Resolver.resolve(List.of(nameless, seen("b", PLATE)));

    assertThat(resolution.quarantined()).containsExactly(nameless);
    assertThat(resolution.devices()).hasSize(1);
  }

  @Property(tries = 300)
  void theOrderOfSightingsDoesNotMatter(
      @ForAll("sightings") List<Sighting> sightings, @ForAll long seed) {
    var shuffled = new ArrayList<>(sightings);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(Resolver.resolve(shuffled)).isEqualTo(Resolver.resolve(sightings));
  }

  @Property(tries = 300)
  void everythingSeenIsSomewhereAndNoDeviceIsLeftThatSharesTwoStrongOnes(
      @ForAll("sightings") List<Sighting> sightings) {
    Resolution resolution = Resolver.resolve(sightings);

    for (Sighting sighting : sightings) {
      if (sighting.strongest() != null) {
        assertThat(resolution.devices())
            .anyMatch(known -> known.aliases().keySet().containsAll(sighting.identifiers()));
      }
    }
    for (Known one : resolution.devices()) {
      for (Known other : resolution.devices()) {
        if (one != other) {
          assertThat(strongOnesOf(one))
              .filteredOn(strongOnesOf(other)::contains)
              .hasSizeLessThan(2);
        }
      }
    }
  }

  /** Whatever two sightings share, one identifier that is not the name of both is not enough. */
  @Property(tries = 300)
  void twoSightingsWithOneIdentifierInCommonStayTwo(
      @ForAll("identifiers") Identifier shared, @ForAll("identifiers") Identifier one) {
    var first = new Udi("1", "a");
    var second = new Udi("2", "b");
    var sightings = List.of(seen("x", first, shared, one), seen("y", second, shared));

    assertThat(Resolver.resolve(sightings).devices()).hasSize(2);
  }

  @Provide
  Arbitrary<Identifier> identifiers() {
    return Arbitraries.of(PLATE, EUI, VENDOR, new Plate("m", "x", "1"), new VendorId("acme", "8"));
  }

  @Provide
  Arbitrary<List<Sighting>> sightings() {
    List<Identifier> few = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      few.add(new Udi("di", "s" + i));
      few.add(new Plate("m", "x", "0" + i));
      few.add(new Plate("m", "x", String.valueOf(i)));
      few.add(new Eui64("000000000000000" + (i + 1)));
      few.add(new VendorId("v", "" + i));
    }
    return Arbitraries.of(few)
        .set()
        .ofMaxSize(4)
        .flatMap(
            identifiers ->
                Arbitraries.of("file", "device", "hub")
                    .map(source -> seen(source, identifiers.toArray(new Identifier[0]))))
        .list()
        .ofMaxSize(8);
  }

  private static Set<Identifier> strongOnesOf(Known known) {
    var strong = new TreeSet<>(Identifier.STRONGEST_FIRST);
    known.aliases().keySet().stream().filter(Identifier::isStrong).forEach(strong::add);
    return strong;
  }

  private static Sighting seen(String source, Identifier... identifiers) {
    var set = new TreeSet<>(Identifier.STRONGEST_FIRST);
    Collections.addAll(set, identifiers);
    return new Sighting(source, set);
  }
}
