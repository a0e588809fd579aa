package io.medtwin.driver.philipsintellivue.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class UserInformationTest {

  private static final UserInformation GRANTED =
      new UserInformation(
          UserInformation.MONITOR,
          0x80000000L,
          80_000,
          1456,
          1456,
          0xFFFFFFFFL,
          0x60000000L,
          UserInformation.NUMERICS_EACH_SECOND | UserInformation.WAVES);

  @Test
  void anAcceptanceThatAlsoListsTheObjectsItSupportsIsReadToo() {
    var sent = HexFormat.of().formatHex(PduCodec.encode(new Pdu.AssociationAccept(GRANTED)));
    int end = sent.length() - 32; // the wrapping ends with 16 bytes
    var longer =
        (sent.substring(0, end) + "0102000400000000" + sent.substring(end))
            .replaceFirst("^0ece", "0ed6")
            .replaceFirst("c1be", "c1c6")
            .replaceFirst("8148", "8150")
            .replaceFirst("0001002c", "00020034");

    assertThat(PduCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(longer))))
        .contains(new Pdu.AssociationAccept(GRANTED));
  }
}
