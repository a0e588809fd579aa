package io.medtwin.driver.declared;

import io.medtwin.spi.Alert.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which alarm conditions are on, so that a state sent again and again becomes a life with a start
 * and an end. The first "off" of a session is an end too: the condition may have been on before.
 */
final class ActiveAlerts {

  /** Most conditions that are remembered; the one unheard for longest is forgotten. */
  static final int MAX_CONDITIONS = 4096;

  private record Key(String device, String code) {}

  private final Map<Key, Boolean> states =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
          return size() > MAX_CONDITIONS;
        }
      };

  /** The phase that a state means, or empty if "off" was known. */
  Optional<Phase> judge(String device, String code, boolean on) {
    var before = states.put(new Key(device, code), on);
    if (on) {
      return Optional.of(Boolean.TRUE.equals(before) ? Phase.CONTINUE : Phase.START);
    }
    return Boolean.FALSE.equals(before) ? Optional.empty() : Optional.of(Phase.END);
  }
}
