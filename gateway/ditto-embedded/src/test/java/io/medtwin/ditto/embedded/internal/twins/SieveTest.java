package io.medtwin.ditto.embedded.internal.twins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sieve may let through too much, never too little: Ditto's own predicate is the judge. */
class SieveTest {

  private static final List<Thing> THINGS =
      List.of(
          thing("{'thingId':'a:bare'}"),
          thing("{'thingId':'a:gateway','attributes':{'class':'gateway'}}"),
          thing("{'thingId':'a:pump','attributes':{'class':'pump','place':{'ward':'gateway'}}}"),
          thing("{'thingId':'a:list','attributes':{'class':['gateway','pump']}}"),
          thing("{'thingId':'a:number','attributes':{'class':7}}"),
          thing("{'thingId':'a:null','attributes':{'class':null}}"),
          thing(
              "{'thingId':'b:linked','attributes':{'class':'pump'},"
                  + "'features':{'link':{'properties':{'gateway':'gw-1'}}}}"),
          thing(
              "{'thingId':'b:other','attributes':{'class':'gateway'},"
                  + "'features':{'link':{'properties':{'gateway':'gw-2'}},'x':{'properties':{'gateway':'gw-1'}}}}"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eq(attributes/class,\"gateway\")",
        "eq(attributes/place/ward,\"gateway\")",
        "eq(/attributes/class,\"gateway\")",
        "ne(attributes/class,\"gateway\")",
        "not(eq(attributes/class,\"gateway\"))",
        "or(eq(attributes/class,\"gateway\"),eq(attributes/class,\"pump\"))",
        "and(eq(features/link/properties/gateway,\"gw-1\"),ne(attributes/class,\"gateway\"))",
        "and(and(eq(attributes/class,\"pump\")),or(exists(features/link),eq(attributes/class,\"x\")))",
        "eq(features/*/properties/gateway,\"gw-1\")",
        "eq(attributes/class,7)",
        "eq(attributes/class,null)",
        "eq(thingId,\"a:pump\")",
        "like(attributes/class,\"gate*\")",
        "in(attributes/class,\"gateway\",\"pump\")"
      })
  void letsThroughAllThatFits(String filter) {
    var search = Search.of(Optional.of(filter), Set.of(), Optional.empty());

    var found = THINGS.stream().filter(search.filter()).toList();

    assertThat(found).allMatch(search::mayFind);
  }

  @Test
  void sortsOutWhatCannotFit() {
    var search =
        Search.of(
            Optional.of(
                "and(eq(features/link/properties/gateway,\"gw-1\"),ne(attributes/class,\"gateway\"))"),
            Set.of("a", "b"),
            Optional.empty());

    assertThat(THINGS.stream().filter(search::mayFind).map(SieveTest::id))
        .containsExactly("b:linked");
  }

  @Test
  void ofAForeignNamespaceNothingIsFound() {
    var search = Search.of(Optional.empty(), Set.of("b"), Optional.empty());

    assertThat(THINGS.stream().filter(search::mayFind).map(SieveTest::id))
        .containsExactly("b:linked", "b:other");
  }

  private static Thing thing(String json) {
    return ThingsModelFactory.newThing(json.replace('\'', '"'));
  }

  private static String id(Thing thing) {
    return thing.getEntityId().orElseThrow().toString();
  }
}
