package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.er7.Element;
import io.medtwin.driver.hl7v2.er7.Segment;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * One OBX.
 *
 * @param segment as sent
 * @param term what it is about (OBX-3)
 * @param place where it belongs (OBX-4)
 */
record Row(Segment segment, Term term, Containment place) {

  static Row of(Segment segment) {
    var place = Containment.of(segment.element(4).text(1));
    // one number beside a value is a running number of old, not a device
    boolean isFlat = place.numbers().size() == 1 && !segment.text(2).isEmpty();
    return new Row(segment, Term.of(segment.element(3)), isFlat ? Containment.NONE : place);
  }

  /** Upper case value type (OBX-2), {@code NM}; empty for objects. */
  String type() {
    return segment.text(2).toUpperCase(Locale.ROOT);
  }

  /** The value (OBX-5), repetition by repetition. */
  List<Element> values() {
    return segment.repetitions(5);
  }

  /** The first repetition of the value. */
  Element value() {
    return segment.element(5);
  }

  /** Whether it names a device, a module or a channel instead of a value. */
  boolean isObject() {
    return type().isEmpty() && (place.isObject() || (status().equals("X") && values().isEmpty()));
  }

  /** Words of OBX-8, upper case, all repetitions. */
  Set<String> flags() {
    var words = new TreeSet<String>();
    for (Element flag : segment.repetitions(8)) {
      words.add(flag.text(1).toUpperCase(Locale.ROOT));
    }
    return words;
  }

  /** OBX-11: {@code R} raw, {@code F} final, {@code X} no result. */
  String status() {
    return segment.text(11).toUpperCase(Locale.ROOT);
  }
}
