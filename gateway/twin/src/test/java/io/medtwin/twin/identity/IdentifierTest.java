package io.medtwin.twin.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Identity.Attribute;
import io.medtwin.twin.identity.HardwareAddress.Ble;
import io.medtwin.twin.identity.Identifier.Eui64;
import io.medtwin.twin.identity.Identifier.Plate;
import io.medtwin.twin.identity.Identifier.Udi;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

  @ParameterizedTest
  @ValueSource(strings = {"00:1b:dc:06:a5:0f", "001BDC06A50F", "00-1B-DC-06-A5-0F"})
  void aMacAddressIsWidenedByFffe(String mac) {
    assertThat(HardwareAddress.read(mac)).contains(new Eui64("001BDCFFFE06A50F"));
  }

  @Test
  void anEui64IsTakenAsItIs() {
    assertThat(HardwareAddress.read("00:1b:dc:ff:fe:06:a5:0f"))
        .contains(new Eui64("001BDCFFFE06A50F"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.1.2.3", "COM3", "/dev/ttyUSB0", "med/v1/ward/x", "00:1b:dc", "0"})
  void aPlaceIsNoIdentity(String place) {
    assertThat(HardwareAddress.read(place)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"02:00:00:00:00:01", "01:00:5E:00:00:01", "00:00:00:00:00:00"})
  void anAddressThatNobodyAssignedIsNoIdentity(String address) {
    assertThat(HardwareAddress.read(address)).isEmpty();
  }

  @Property
  void aRandomBluetoothAddressIsNeverAnIdentity(@ForAll @IntRange(max = 255) int octet) {
    var address = String.format("%02X:11:22:33:44:55", octet);

    assertThat(HardwareAddress.ofBluetooth(address, Ble.RANDOM)).isEmpty();
    boolean mayBeRandom = octet >> 6 != 0b10;
    if (mayBeRandom) {
      assertThat(HardwareAddress.ofBluetooth(address, Ble.UNTOLD)).isEmpty();
    }
  }

  @Test
  void aPublicBluetoothAddressIsAnIdentity() {
    assertThat(HardwareAddress.ofBluetooth("00:1B:DC:06:A5:0F", Ble.PUBLIC))
        .isEqualTo(HardwareAddress.ofBluetooth("001bdc06a50f", Ble.PUBLIC))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "SN-004711, 004711, true",
    "004711, 4711, true",
    "S/N: 4711, sn4711, true",
    "4711, 47110, false",
    "SN-004711, SN-004712, false",
    "0, 00, true",
    "A0047, A47, false",
  })
  void spellingsOfASerialNumberAreSeen(String one, String other, boolean alike) {
    assertThat(SerialNumbers.mayBeSame(one, other)).isEqualTo(alike);
  }

  @ParameterizedTest
  @CsvSource({
    "(01)04012345678901(17)270131(10)L5(21)A17, 04012345678901, A17",
    "01040123456789011727013121A17, 04012345678901, A17",
    "(01)04012345678901(17)270131, 04012345678901,",
    "04012345678901, 04012345678901,",
    "+H123PARTNO1234567890120, +H123PARTNO1234567890120,",
  })
  void theBarCodeIsNotTheDi(String text, String di, String serial) {
    assertThat(UdiText.read(text)).contains(new UdiText(di, Optional.ofNullable(serial)));
  }

  @Test
  void aGroupSeparatorEndsTheLot() {
    assertThat(UdiText.read("]d2010401234567890110LOT7\u001d21A17"))
        .contains(new UdiText("04012345678901", Optional.of("A17")));
  }

  @Test
  void whatIsConfiguredGivesItsIdentifiersStrongestFirst() {
    var facts =
        Map.of(
            Attribute.SERIAL, "A17",
            Attribute.UDI_DI, "(01)04012345678901",
            Attribute.EUI64, "001bdc06a50f");

    assertThat(Sighting.of("file", "Alaris", "Asena GH", facts).identifiers())
        .containsExactly(
            new Udi("04012345678901", "A17"),
            new Plate("alaris", "asena gh", "A17"),
            new Eui64("001BDCFFFE06A50F"));
  }

  @Test
  void aUdiDiWithoutASerialNumberIsAModelAndNoDevice() {
    var facts = Map.of(Attribute.UDI_DI, "04012345678901");

    assertThat(Sighting.of("file", "Alaris", "Asena GH", facts).identifiers()).isEmpty();
  }

  @Test
  void theDeviceContradictsTheFile() {
    assertThat(
            Contradiction.between(
                Map.of(Attribute.SERIAL, "4711"), Map.of(Attribute.SERIAL, "4712")))
        .containsExactly("the device says serial \"4712\", the gateway file says \"4711\"");
  }

  @Test
  void anotherSpellingOrNoWordIsNoContradiction() {
    assertThat(
            Contradiction.between(
                Map.of(Attribute.SERIAL, "004711", Attribute.EUI64, "001BDCFFFE06A50F"),
                Map.of(Attribute.SERIAL, "SN-4711", Attribute.EUI64, "001bdc06a50f")))
        .isEmpty();
    assertThat(Contradiction.between(Map.of(), Map.of(Attribute.SERIAL, "1"))).isEmpty();
    assertThat(Contradiction.between(Map.of(Attribute.SERIAL, "1"), Map.of())).isEmpty();
  }
}
