package io.medtwin.twin.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Identity.Attribute;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThingNamesTest {

  @Test
  void twoGatewaysThatAreToldTheSameSerialNumberArriveAtTheSameThing() {
    var here =
        ThingNames.thingId(
            "clinic.north",
            "infusion-pump",
            "Alaris",
            "Asena GH",
            Optional.of("8002-51740"),
            "gw-1",
            "a");
    var there =
        ThingNames.thingId(
            "clinic.north",
            "infusion-pump",
            " ALARIS",
            "asena gh",
            Optional.of("8002-51740 "),
            "gw-2",
            "b");

    assertThat(here)
        .isEqualTo(there)
        .matches("clinic\\.north\\.infusion-pump:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-.*");
  }

  @Test
  void withoutASerialNumberTheConfiguredDeviceNamesTheThing() {
    var one =
        ThingNames.thingId(
            "clinic.north", "infusion-pump", "A", "B", Optional.empty(), "gw-1", "pump-1");
    var other =
        ThingNames.thingId(
            "clinic.north", "infusion-pump", "A", "B", Optional.empty(), "gw-1", "pump-2");

    assertThat(one).isNotEqualTo(other).doesNotContain("pump-1");
  }

  /** Made with another program; a thing id may never change. */
  @Test
  void theNamesOfEarlierGatewaysStay() {
    assertThat(named(Map.of(Attribute.SERIAL, "8002-51740")))
        .isEqualTo("clinic.north.infusion-pump:86f5b4b3-ede8-51bc-82ec-5e93124b780f");
    assertThat(named(Map.of()))
        .isEqualTo("clinic.north.infusion-pump:8db66b58-53ac-5a99-b02f-db9c9a45a4fe");
  }

  @Test
  void theStrongestIdentifierNamesTheThing() {
    var eui = Map.of(Attribute.EUI64, "00:11:b3:44:55:66");
    var udi = Map.of(Attribute.UDI_DI, "(01)04012345678901(21)8002-51740");

    assertThat(named(eui)).endsWith(":ac640b1a-1324-5c55-93f0-d0e4e215f78e");
    assertThat(named(udi)).endsWith(":edbc0706-3d4a-584b-883b-b84d7edcfce9");
    assertThat(
            named(
                Map.of(
                    Attribute.SERIAL, "8002-51740",
                    Attribute.UDI_DI, "04012345678901",
                    Attribute.EUI64, "0011B3FFFE445566")))
        .isEqualTo(named(udi));
    assertThat(named(Map.of(Attribute.SERIAL, "8002-51740", Attribute.EUI64, "0011B3FFFE445566")))
        .isEqualTo(named(Map.of(Attribute.SERIAL, "8002-51740")));
  }

  private static String named(Map<Attribute, String> facts) {
    var configured = Sighting.of("file", "Alaris", "Asena GH", facts);
    return ThingNames.thingId("clinic.north", "infusion-pump", configured, "gw-1", "pump-1");
  }
}
