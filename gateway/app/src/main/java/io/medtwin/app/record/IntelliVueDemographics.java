package io.medtwin.app.record;

import java.util.BitSet;
import java.util.Set;

/**
 * Attributes of the patient demographics object of Philips IntelliVue monitors (Data Export
 * Interface Programming Guide, "Patient Demographics Object"): identifier, length, value, as they
 * stand in any packet. Found by their identifiers wherever they stand, escaped or not, so that no
 * framing has to be understood; now and then something else is taken for one, and costs a frame.
 */
final class IntelliVueDemographics implements Finder {

  private static final int LONGEST_TEXT = 130;
  private static final int HEAD_BYTES = 4;
  private static final int DATE_BYTES = 8;

  /** Given, middle, birth and family name, ids, notes: strings in UTF-16. */
  private static final Set<Integer> TEXTS =
      Set.of(0x095A, 0x095B, 0x095C, 0x095D, 0x095E, 0x095F, 0x0960, 0xF001, 0xF02B, 0xF1E1);

  /** Date of birth. */
  private static final int BORN = 0x0958;

  @Override
  public int find(byte[] bytes, BitSet marks) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      int id = number(bytes, i);
      boolean isText = TEXTS.contains(id);
      if (!isText && id != BORN) {
        continue;
      }
      if (i + HEAD_BYTES > bytes.length) {
        return i;
      }
      int length = number(bytes, i + 2);
      boolean fits = isText ? length >= 2 && length <= LONGEST_TEXT : length == DATE_BYTES;
      if (!fits) {
        continue;
      }
      int end = i + HEAD_BYTES + length;
      if (bytes.length < end) {
        return i;
      }
      if (!isText) {
        marks.set(i + HEAD_BYTES, end);
      } else if (number(bytes, i + HEAD_BYTES) <= length - 2) {
        marks.set(i + HEAD_BYTES + 2, end);
      }
    }
    boolean maybe = bytes.length > 0 && (bytes[bytes.length - 1] == 0x09 || isMakers(bytes));
    return maybe ? bytes.length - 1 : bytes.length;
  }

  private static boolean isMakers(byte[] bytes) {
    return bytes[bytes.length - 1] == (byte) 0xF0 || bytes[bytes.length - 1] == (byte) 0xF1;
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }
}
