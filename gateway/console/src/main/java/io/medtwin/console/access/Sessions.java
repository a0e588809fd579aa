package io.medtwin.console.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who is logged in, in memory: a restart logs everybody out. Any thread. */
final class Sessions {

  /** Most sessions; one more ends the one used longest ago. */
  static final int MOST = 1_000;

  /** A session that nobody uses for so long ends. */
  static final Duration IDLE = Duration.ofHours(8);

  /**
   * Somebody who is logged in.
   *
   * @param user name
   * @param csrf what an action must repeat
   * @param lastUsed when it was used last
   */
  record Session(String user, String csrf, Instant lastUsed) {}

  private final InstantSource clock;
  private final Map<String, Session> sessions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST;
        }
      };

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins a session, and tells the secret it is known by. */
  synchronized String begin(String user) {
    var id = Secrets.text();
    sessions.put(id, new Session(user, Secrets.text(), clock.instant()));
    return id;
  }

  /** The session of a secret, which counts as used now. */
  synchronized Optional<Session> use(String id) {
    var known = sessions.get(id);
    if (known == null) {
      return Optional.empty();
    }
    var now = clock.instant();
    if (known.lastUsed().plus(IDLE).isBefore(now)) {
      sessions.remove(id);
      return Optional.empty();
    }
    var used = new Session(known.user(), known.csrf(), now);
    sessions.put(id, used);
    return Optional.of(used);
  }

  /** Ends a session; one that is not there ends, too. */
  synchronized void end(String id) {
    sessions.remove(id);
  }

  /** Ends every session of a user. */
  synchronized void endAll(String user) {
    sessions.values().removeIf(session -> session.user().equals(user));
  }

  /** How many there are. */
  synchronized int count() {
    return sessions.size();
  }
}
