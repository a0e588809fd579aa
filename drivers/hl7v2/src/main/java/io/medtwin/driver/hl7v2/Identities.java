package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.er7.Element;
import io.medtwin.driver.hl7v2.er7.Group;
import io.medtwin.driver.hl7v2.er7.Segment;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What devices tell of themselves; told again only when it grew or changed, since messages repeat
 * it each time. Remembers {@link #MAX_DEVICES}; the one unheard for longest is forgotten, and told
 * anew.
 */
final class Identities {

  static final int MAX_DEVICES = 1_024;

  /** Production specification of 11073-10101, partition 8. */
  private static final Map<Long, Attribute> PRODUCTION =
      Map.of(
          531970L, Attribute.MANUFACTURER,
          531969L, Attribute.MODEL,
          531972L, Attribute.SERIAL,
          531974L, Attribute.HARDWARE,
          531975L, Attribute.SOFTWARE,
          531976L, Attribute.FIRMWARE,
          531977L, Attribute.PROTOCOL);

  private static final int FACT_MAX = 80;

  private final Map<String, Map<Attribute, String>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<Attribute, String>> eldest) {
          return size() > MAX_DEVICES;
        }
      };

  /** Whether a row tells of the device itself and is no reading. */
  static boolean isFact(Row row) {
    return PRODUCTION.containsKey(row.term().code());
  }

  /** All that is known of a device now, or empty if nothing of it is new. */
  Optional<Identity> learn(String device, List<Row> itsRows, Group group) {
    var now = new EnumMap<Attribute, String>(Attribute.class);
    var before = known.getOrDefault(device, Map.of());
    now.putAll(before);
    for (Row row : itsRows) {
      if (row.place().isDevice()) {
        for (Element instance : row.segment().repetitions(18)) {
          Senders.eui64(instance).ifPresent(eui -> now.put(Attribute.EUI64, eui));
        }
      }
      var attribute = PRODUCTION.get(row.term().code());
      if (attribute != null) {
        put(now, attribute, row.value().text(1));
      }
    }
    for (Segment participant : group.participants()) {
      put(now, Attribute.UDI_DI, participant.text(16));
      put(now, Attribute.SERIAL, participant.text(20));
    }
    if (now.isEmpty() || now.equals(before)) {
      return Optional.empty();
    }
    known.put(device, now);
    return Optional.of(new Identity(now));
  }

  private static void put(Map<Attribute, String> facts, Attribute attribute, String text) {
    var plain = Values.bounded(text);
    if (!plain.isEmpty() && plain.length() <= FACT_MAX && !plain.equals("\"\"")) {
      facts.put(attribute, plain);
    }
  }
}
