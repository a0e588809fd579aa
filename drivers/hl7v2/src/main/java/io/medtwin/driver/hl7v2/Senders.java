package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.er7.Element;
import io.medtwin.driver.hl7v2.er7.Group;
import io.medtwin.driver.hl7v2.er7.Header;
import io.medtwin.driver.hl7v2.er7.Segment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which device rows are of. A rack or a central station speaks for many, so it is never MSH-3: it
 * is the equipment instance of the device's own row (OBX-18), else of another row of it, else the
 * device of PRT, else the maker of the report (OBR-3, OBR-2) unless that is the sender itself.
 *
 * <p>An id is the instance's own text with the authority that gave it, {@code
 * P00002@0012210000000000}: a serial number is unique only with its maker, and two devices must
 * never be taken for one. An EUI-64 as the instance's own text, or alone, is an id by itself.
 */
final class Senders {

  private static final Pattern EUI64 = Pattern.compile("(?i)[0-9a-f]{16}");
  private static final int ID_MAX = 64;

  private Senders() {}

  /** The device of all rows under one number of OBX-4, in one group. */
  static Optional<String> of(long device, List<Row> rows, Group group) {
    for (Row row : rows) {
      if (row.place().isDevice() && row.place().device() == device) {
        var id = instance(row.segment().repetitions(18));
        if (id.isPresent()) {
          return id;
        }
      }
    }
    for (Row row : rows) {
      // a module's own serial number is not that of the device
      if (!row.isObject() && row.place().device() == device) {
        var id = instance(row.segment().repetitions(18));
        if (id.isPresent()) {
          return id;
        }
      }
    }
    for (Segment participant : group.participants()) {
      var id = instance(participant.repetitions(10));
      if (id.isPresent()) {
        return id;
      }
    }
    return Optional.empty();
  }

  /** Who made the report of a group, if that is not the sender itself. */
  static Optional<String> reporter(Group group, Header header) {
    return group.request().flatMap(request -> reporter(request, header));
  }

  /** An EUI-64 that an entity identifier says alone, or as its own text. */
  static Optional<String> eui64(Element entity) {
    if (EUI64.matcher(entity.text(1)).matches()) {
      return Optional.of(entity.text(1).toUpperCase(Locale.ROOT));
    }
    boolean alone = entity.text(1).isEmpty() && EUI64.matcher(entity.text(3)).matches();
    return alone ? Optional.of(entity.text(3).toUpperCase(Locale.ROOT)) : Optional.empty();
  }

  private static Optional<String> instance(List<Element> entities) {
    for (Element entity : entities) {
      var eui64 = eui64(entity);
      if (eui64.isPresent()) {
        return eui64;
      }
    }
    for (Element entity : entities) {
      var id = text(entity);
      if (id != null) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String text(Element entity) {
    var own = word(entity.text(1));
    if (own.isEmpty()) {
      return null;
    }
    var authority = word(entity.text(3));
    if (EUI64.matcher(authority).matches()) {
      authority = authority.toUpperCase(Locale.ROOT);
    }
    if (authority.isEmpty() && !entity.text(2).toUpperCase(Locale.ROOT).startsWith("EUI")) {
      authority = word(entity.text(2));
    }
    var id = authority.isEmpty() ? own : own + "@" + authority;
    return id.length() > ID_MAX ? null : id;
  }

  private static Optional<String> reporter(Segment request, Header header) {
    var sender = header.component(3, 2);
    for (int field : new int[] {3, 2}) {
      var entity = request.element(field);
      for (int component : new int[] {1, 3}) {
        var text = entity.text(component);
        if (EUI64.matcher(text).matches() && !text.equalsIgnoreCase(sender)) {
          return Optional.of(text.toUpperCase(Locale.ROOT));
        }
      }
    }
    return Optional.empty();
  }

  /** Visible ASCII, blanks as dashes. */
  private static String word(String text) {
    var word = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      word.append(c > ' ' && c <= '~' ? c : '-');
    }
    return word.toString();
  }
}
