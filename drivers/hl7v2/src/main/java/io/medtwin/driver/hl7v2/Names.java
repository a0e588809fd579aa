package io.medtwin.driver.hl7v2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names of parameters: the term's own, {@code mdc-147842}. What would be ambiguous says more:
 *
 * <ul>
 *   <li>below a source channel of a pump, the channel's code: {@code mdc-157784-in-70071};
 *   <li>below the second module or channel of a kind, its number among its kind: {@code
 *       mdc-150344-2};
 *   <li>a wave: {@code mdc-131329-wave}, since some codes name a wave and a number;
 *   <li>two rows of one name that no channel tells apart, their place: {@code
 *       mdc-150344-at-1-2-1-7}.
 * </ul>
 */
final class Names {

  /** Sources of a pump: they carry the same terms, each for itself. */
  private static final Set<Long> SOURCES = Set.of(70071L, 70075L, 70079L, 70083L);

  private final Map<Containment, Long> objects = new HashMap<>();
  private final Map<String, Set<Containment>> places = new HashMap<>();

  Names(List<Row> rows) {
    for (Row row : rows) {
      if (row.isObject() && row.place().numbers().size() == 4 && row.term().code() > 0) {
        objects.put(row.place(), row.term().code());
      }
    }
    for (Row row : rows) {
      if (!row.isObject()) {
        places.computeIfAbsent(byChannel(row), name -> new HashSet<>()).add(row.place());
      }
    }
  }

  /** The name of a row's parameter. */
  String of(Row row) {
    var name = byChannel(row);
    boolean alone = places.getOrDefault(name, Set.of()).size() <= 1;
    return alone ? name : name + "-at-" + row.place().dashed();
  }

  /** What an object row of that place is, such as the source an event names; 0 if not known. */
  long object(Containment place) {
    return objects.getOrDefault(place, 0L);
  }

  private String byChannel(Row row) {
    var name = row.term().name() + (row.type().equals("NA") ? "-wave" : "");
    var channel = row.place().channel();
    long channelCode = objects.getOrDefault(channel, 0L);
    if (SOURCES.contains(channelCode)) {
      return name + "-in-" + channelCode;
    }
    var numbers = new ArrayList<String>();
    for (var object : List.of(row.place().module(), channel)) {
      int number = numberAmongItsKind(object);
      if (number > 1) {
        numbers.add("-" + number);
      }
    }
    return name + String.join("", numbers);
  }

  /** 1 for the first module, or channel of a module, of its code. */
  private int numberAmongItsKind(Containment object) {
    var code = objects.get(object);
    if (code == null) {
      return 1;
    }
    boolean isModule = object.numbers().get(2) == 0;
    var before = new TreeSet<Containment>();
    objects.forEach(
        (place, other) -> {
          boolean sameLevel =
              place.numbers().size() == object.numbers().size()
                  && place.device() == object.device()
                  && (isModule
                      ? place.numbers().get(2) == 0
                      : place.numbers().get(2) != 0
                          && place.numbers().get(1).equals(object.numbers().get(1)));
          if (sameLevel && other.equals(code) && place.compareTo(object) < 0) {
            before.add(place);
          }
        });
    return before.size() + 1;
  }
}
