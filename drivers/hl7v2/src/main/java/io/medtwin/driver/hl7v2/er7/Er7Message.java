package io.medtwin.driver.hl7v2.er7;

import java.util.List;

/**
 * One message.
 *
 * @param header its MSH
 * @param groups its OBR, with their rows
 * @param badRows segments that could not be read; they cost only themselves
 */
public record Er7Message(Header header, List<Group> groups, int badRows) {
  public Er7Message {
    groups = List.copyOf(groups);
  }
}
