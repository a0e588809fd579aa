package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.er7.Element;
import io.medtwin.driver.hl7v2.er7.Segment;
import io.medtwin.spi.Alert.Phase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which occurrence of an alert a message is of: the filler number of its first message (OBR-3, told
 * by later ones in OBR-29). Where a later one does not tell, the open occurrence of the same
 * device, condition and source. Numbers of orders stay here: an occurrence is known by a digest of
 * its own.
 */
final class Occurrences {

  /** Most open occurrences that are remembered; the one unheard for longest is forgotten. */
  static final int MAX_OPEN = 4_096;

  private static final int FILLER = 3;
  private static final int PARENT = 29;
  private static final int ID_BYTES = 8;

  private record Key(String device, String condition, String source) {}

  private final Map<Key, String> open =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
          return size() > MAX_OPEN;
        }
      };

  /** The id of an occurrence, the same in each of its messages. */
  String of(Segment request, Phase phase, String device, String condition, String source) {
    var key = new Key(device, condition, source);
    var parent = request.element(PARENT);
    var own = request.element(FILLER);
    String id;
    if (!parent.text(2).isEmpty()) {
      id = digest(parent.text(2, 1), parent.text(2, 3), condition);
    } else {
      var known = open.get(key);
      id = known == null || phase == Phase.START ? digest(own, condition) : known;
    }
    if (phase == Phase.END) {
      open.remove(key);
    } else {
      open.put(key, id);
    }
    return id;
  }

  private static String digest(Element filler, String condition) {
    return digest(filler.text(1), filler.text(3), condition);
  }

  private static String digest(String number, String authority, String condition) {
    try {
      var sum = MessageDigest.getInstance("SHA-256");
      var text = number + "|" + authority.toUpperCase(Locale.ROOT) + "|" + condition;
      var bytes = sum.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
