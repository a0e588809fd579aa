package io.medtwin.twin.identity;

import static org.assertj.core.api.Assertions.assertThat;

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
}
