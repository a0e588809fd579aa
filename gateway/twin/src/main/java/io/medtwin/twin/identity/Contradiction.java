package io.medtwin.twin.identity;

import io.medtwin.spi.Identity.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what the gateway file says of a device with the device's own word. A serial number in
 * another spelling is an alias and no contradiction. Pure.
 */
public final class Contradiction {

  /** Longest text of the device that is repeated in a message. */
  private static final int MOST_CHARS = 64;

  private Contradiction() {}

  /** What contradicts, for people; nothing where all agrees or one side says nothing. */
  public static List<String> between(
      Map<Attribute, String> configured, Map<Attribute, String> told) {
    var found = new ArrayList<String>();
    for (Attribute attribute : List.of(Attribute.SERIAL, Attribute.UDI_DI, Attribute.EUI64)) {
      var ours = configured.get(attribute);
      var theirs = told.get(attribute);
      if (ours != null && theirs != null && !agree(attribute, ours, theirs)) {
        found.add(
            "the device says "
                + word(attribute)
                + " \""
                + clipped(theirs)
                + "\", the gateway file says \""
                + clipped(ours)
                + "\"");
      }
    }
    return List.copyOf(found);
  }

  private static boolean agree(Attribute attribute, String ours, String theirs) {
    return switch (attribute) {
      case SERIAL -> SerialNumbers.mayBeSame(ours, theirs);
      case UDI_DI -> di(ours).equals(di(theirs));
      case EUI64 -> {
        var one = HardwareAddress.read(ours);
        var other = HardwareAddress.read(theirs);
        yield one.isEmpty() || other.isEmpty() || one.equals(other);
      }
      case MANUFACTURER, MODEL, FIRMWARE, HARDWARE, SOFTWARE, PROTOCOL, UDI_PI -> true;
    };
  }

  private static Optional<String> di(String text) {
    return UdiText.read(text).map(UdiText::di);
  }

  private static String word(Attribute attribute) {
    return attribute == Attribute.SERIAL
        ? "serial"
        : attribute.name().replace('_', '-').toUpperCase(Locale.ROOT);
  }

  private static String clipped(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
  }
}
