package io.medtwin.twin.tap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All onlookers. While nobody looks, a teller pays for one read of a map that is empty. */
public final class Taps {

  /** Most onlookers at a time. */
  public static final int MOST = 16;

  /** Most recordings at a time. */
  public static final int MOST_RECORDINGS = 32;

  private final Map<String, List<Tap>> open = new ConcurrentHashMap<>();
  private final Map<String, List<Recording>> recordings = new ConcurrentHashMap<>();
  private int count;
  private int recorded;

  /**
   * Begins to look at a device.
   *
   * @throws IllegalStateException there are {@value #MOST} onlookers already
   */
  public synchronized Tap open(String device) {
    if (count == MOST) {
      throw new IllegalStateException("at most " + MOST + " taps at a time");
    }
    count++;
    var tap = new Tap(device);
    open.merge(device, List.of(tap), Taps::both);
    return tap;
  }

  /**
   * Begins to be told of a device at once, by the thread to which it happens: for a line under
   * virtual time, which has nobody to hold up. Counts to no limit.
   */
  public synchronized void open(String device, Consumer<TapEvent> straight) {
    open.merge(device, List.of(new Tap(device, straight)), Taps::both);
  }

  private static List<Tap> both(List<Tap> some, List<Tap> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** Ends it; twice is once. */
  public synchronized void close(Tap tap) {
    var before = open.getOrDefault(tap.device(), List.of());
    var after = before.stream().filter(other -> other != tap).toList();
    count -= before.size() - after.size();
    if (after.isEmpty()) {
      open.remove(tap.device());
    } else {
      open.put(tap.device(), after);
    }
  }

  /** Who looks at a device now; most often nobody. */
  public List<Tap> of(String device) {
    return open.getOrDefault(device, List.of());
  }

  /**
   * Begins to record a link; the recording itself begins with the next driver on it.
   *
   * @param link name of the session
   * @param device whose messages alone are wanted, or null for all of the link
   * @throws IllegalStateException there are {@value #MOST_RECORDINGS} recordings already
   */
  public synchronized Recording record(String link, @Nullable String device) {
    if (recorded == MOST_RECORDINGS) {
      throw new IllegalStateException("at most " + MOST_RECORDINGS + " recordings at a time");
    }
    recorded++;
    var recording = new Recording(link, device);
    var all = new ArrayList<>(recordings(link));
    all.add(recording);
    recordings.put(link, List.copyOf(all));
    return recording;
  }

  /** Ends it; twice is once. */
  public synchronized void close(Recording recording) {
    var before = recordings(recording.link());
    var after = before.stream().filter(other -> other != recording).toList();
    recorded -= before.size() - after.size();
    if (after.isEmpty()) {
      recordings.remove(recording.link());
    } else {
      recordings.put(recording.link(), after);
    }
  }

  /** Who records a link now; most often nobody. */
  public List<Recording> recordings(String link) {
    return recordings.getOrDefault(link, List.of());
  }

  /** Whether anybody records anything. */
  public boolean isAnyRecorded() {
    return !recordings.isEmpty();
  }

  /** Whether anybody looks at anything. */
  public boolean isAny() {
    return !open.isEmpty();
  }
}
