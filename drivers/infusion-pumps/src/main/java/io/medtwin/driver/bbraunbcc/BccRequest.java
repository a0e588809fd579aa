package io.medtwin.driver.bbraunbcc;

import java.util.regex.Pattern;

/**
 * What this driver can ask for: a closed set of questions, none of which changes anything. Nothing
 * else can be sent.
 */
final class BccRequest {

  /** Is the ComDevice there, and what is its bed called. */
  static final BccRequest ALIVE = new BccRequest("ADMIN:ALIVE");

  /** Which protocol it speaks. */
  static final BccRequest VERSION = new BccRequest("ADMIN:VERSION");

  /** All values of all pumps. */
  static final BccRequest MEMORY = new BccRequest("MEM:GET");

  /** The bed that every ComDevice takes for its own, with {@link #ALIVE} only. */
  static final String ANY_BED = "1";

  private static final Pattern SLOT = Pattern.compile("[1-3][1-9A-O]");

  private final String text;

  private BccRequest(String text) {
    this.text = text;
  }

  /**
   * All values of the pump in one slot.
   *
   * @param slot pillar 1 to 3 and slot 1 to 9, A to O: {@code 13}
   * @throws IllegalArgumentException there is no such slot
   */
  static BccRequest slot(String slot) {
    if (!isSlot(slot)) {
      throw new IllegalArgumentException("expected a pillar 1 to 3 and a slot 1 to 9 or A to O");
    }
    return new BccRequest("MEM:GETSLOT#" + slot);
  }

  static boolean isSlot(String text) {
    return SLOT.matcher(text).matches();
  }

  /** The frame that asks this at a bed. */
  BccFrame frame(String bed) {
    return new BccFrame(bed, text, true);
  }

  @Override
  public String toString() {
    return text;
  }
}
