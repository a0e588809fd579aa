package io.medtwin.driver.gattvitals;

import io.medtwin.driver.gattvitals.GattException.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A text of the Device Information Service: 2A29 maker, 2A24 model, 2A25 serial number, 2A26
 * firmware, 2A27 hardware, 2A28 software. UTF-8; some sensors pad it with NUL.
 *
 * @param text without padding, may be empty
 */
public record DeviceText(String text) {

  /** Takes all octets of the buffer. */
  public static DeviceText decode(ByteBuffer buffer) throws GattException {
    try {
      var all = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
      int end = all.length();
      while (end > 0 && all.charAt(end - 1) == 0) {
        end--;
      }
      return new DeviceText(all.substring(0, end));
    } catch (CharacterCodingException e) {
      throw new GattException(Problem.RESERVED_VALUE, "expected UTF-8 text");
    }
  }

  /** Its octets, without padding. */
  public byte[] encode() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
