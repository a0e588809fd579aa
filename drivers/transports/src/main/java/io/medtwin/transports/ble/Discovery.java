package io.medtwin.transports.ble;

import io.medtwin.transports.ble.BridgeInput.ApiReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which characteristic a handle of a device is: configured, discovered once for each connection, or
 * unknown. Notifications wait here while a discovery is under way; the order of each device stays.
 * Times are those of one running counter of nanoseconds. Used by one thread.
 */
final class Discovery {

  /** Most devices whose characteristics are kept. */
  static final int MAX_DEVICES = 256;

  /** Most discoveries under way. */
  static final int MAX_PENDING = 64;

  /** Most notifications of one device that wait. */
  static final int MAX_HELD_OF_DEVICE = 64;

  /** Most notifications that wait altogether: well below what a carrier leaves unsettled. */
  static final int MAX_HELD = 256;

  /** How long a bridge may take to answer. */
  static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  /** How long nothing is asked of a device after a discovery failed. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  /** What happens with a notification. */
  sealed interface Step {

    /** It goes on. */
    record Ready(Carried carried) implements Step {}

    /** It waits. */
    record Held() implements Step {}

    /** It waits, and the bridge is to be asked. */
    record Ask(Question question) implements Step {}
  }

  /**
   * A discovery to ask a bridge for.
   *
   * @param id id of the request
   */
  record Question(String gateway, String device, String id) {}

  private record Pending(String id, long deadline, List<Carried> held) {}

  private final Map<String, Map<Integer, String>> configured;
  private final String idPrefix;
  private final BridgeFaults faults;
  private final Bounded<Map<Integer, String>> known = new Bounded<>(MAX_DEVICES);
  private final Bounded<Long> quietUntil = new Bounded<>(MAX_DEVICES);
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private int held;
  private long asked;

  /**
   * @param configured address to (handle to UUID)
   * @param idPrefix starts the ids of our requests; tells them from those of others on the broker
   */
  Discovery(Map<String, Map<Integer, String>> configured, String idPrefix, BridgeFaults faults) {
    this.configured = configured;
    this.idPrefix = idPrefix;
    this.faults = faults;
  }

  /** Takes a notification whose characteristic is not known yet. */
  Step notification(Carried carried, int handle, long now) {
    var device = carried.event().device();
    var name = nameOf(device, handle);
    if (name != null && !pending.containsKey(device)) {
      return new Step.Ready(carried.named(name));
    }
    var waiting = pending.get(device);
    if (waiting != null) {
      return hold(waiting, carried);
    }
    if (known.containsKey(device) || isQuiet(device, now)) {
      faults.count(BridgeFault.UNKNOWN_HANDLE);
      return new Step.Ready(carried);
    }
    var question = ask(carried.event().gateway(), device, now);
    if (question == null) {
      faults.count(BridgeFault.HOLD_FULL);
      return new Step.Ready(carried);
    }
    var opened = pending.get(device);
    return opened != null && hold(opened, carried) instanceof Step.Held
        ? new Step.Ask(question)
        : new Step.Ready(carried);
  }

  /** A device connected: its handles may have changed. What to ask, or null for nothing. */
  @Nullable Question connected(String gateway, String device, long now) {
    known.remove(device);
    quietUntil.remove(device);
    return configured.containsKey(device) || pending.containsKey(device)
        ? null
        : ask(gateway, device, now);
  }

  /** An answer of a bridge; the notifications it sets free. Not ours: none. */
  List<Carried> answer(ApiReply reply, long now) {
    for (var entry : pending.entrySet()) {
      if (entry.getValue().id().equals(reply.id())) {
        var device = entry.getKey();
        var found = reply.code() == 200 ? CassiaObjects.characteristics(reply.body()) : null;
        if (found == null) {
          fail(device, now);
        } else {
          known.put(device, found);
        }
        return release(device);
      }
    }
    return List.of();
  }

  /** Notifications whose discovery took too long. */
  List<Carried> expired(long now) {
    var late = new ArrayList<String>();
    pending.forEach(
        (device, waiting) -> {
          if (now - waiting.deadline() >= 0) {
            late.add(device);
          }
        });
    var free = new ArrayList<Carried>();
    for (var device : late) {
      fail(device, now);
      free.addAll(release(device));
    }
    return free;
  }

  /** How long until a discovery takes too long; at most {@code atMost}. */
  long untilExpired(long now, long atMost) {
    long wait = atMost;
    for (var waiting : pending.values()) {
      wait = Math.min(wait, waiting.deadline() - now);
    }
    return Math.max(wait, 0);
  }

  /** How many notifications wait. */
  int held() {
    return held;
  }

  private @Nullable String nameOf(String device, int handle) {
    var fixed = configured.getOrDefault(device, Map.of()).get(handle);
    if (fixed != null) {
      return fixed;
    }
    var found = known.get(device);
    return found == null ? null : found.get(handle);
  }

  private boolean isQuiet(String device, long now) {
    var until = quietUntil.get(device);
    return until != null && now - until < 0;
  }

  private @Nullable Question ask(String gateway, String device, long now) {
    if (pending.size() == MAX_PENDING) {
      return null;
    }
    asked++;
    var id = idPrefix + "-" + asked;
    pending.put(device, new Pending(id, now + ANSWER_LIMIT.toNanos(), new ArrayList<>()));
    return new Question(gateway, device, id);
  }

  private Step hold(Pending waiting, Carried carried) {
    if (waiting.held().size() == MAX_HELD_OF_DEVICE || held == MAX_HELD) {
      faults.count(BridgeFault.HOLD_FULL);
      return new Step.Ready(carried);
    }
    waiting.held().add(carried);
    held++;
    return new Step.Held();
  }

  private void fail(String device, long now) {
    faults.count(BridgeFault.DISCOVERY_FAILED);
    quietUntil.put(device, now + RETRY_AFTER.toNanos());
  }

  private List<Carried> release(String device) {
    var done = pending.remove(device);
    if (done == null) {
      return List.of();
    }
    held -= done.held().size();
    return done.held().stream().map(carried -> nameIfKnown(device, carried)).toList();
  }

  private Carried nameIfKnown(String device, Carried carried) {
    var handle = carried.event().handle();
    var name = handle == null ? null : nameOf(device, handle);
    if (name == null) {
      faults.count(BridgeFault.UNKNOWN_HANDLE);
      return carried;
    }
    return carried.named(name);
  }
}
