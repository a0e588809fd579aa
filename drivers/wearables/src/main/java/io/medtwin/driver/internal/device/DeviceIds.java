package io.medtwin.driver.internal.device;

/**
 * Ids of devices as different layers write them: {@code 02:00:00:00:40:01}, {@code 020000004001}.
 */
public final class DeviceIds {

  private DeviceIds() {}

  /**
   * Whether two spellings mean one device: without case and without {@code : - .}; a MAC-48 equals
   * the EUI-64 it widens to.
   */
  public static boolean same(String one, String other) {
    return one.equals(other) || plain(one).equals(plain(other));
  }

  private static String plain(String id) {
    var letters = new StringBuilder(id.length());
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c != ':' && c != '-' && c != '.') {
        letters.append(Character.toLowerCase(c));
      }
    }
    boolean widened = letters.length() == 16 && letters.indexOf("fffe") == 6;
    return widened ? letters.delete(6, 10).toString() : letters.toString();
  }
}
