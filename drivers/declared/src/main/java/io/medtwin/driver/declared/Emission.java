package io.medtwin.driver.declared;

import io.medtwin.driver.declared.Field.ReadingField;
import io.medtwin.driver.declared.Field.WaveField;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Session;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of an extraction is told: alerts have a life, an identity is told when it grew, a reading
 * with {@code every=} once in so many, samples when enough are gathered. One instance belongs to
 * one session.
 */
final class Emission {

  /** Most devices, and most fields of devices, that are remembered; the eldest is forgotten. */
  static final int MAX_REMEMBERED = 1024;

  private record Key(String device, String section, String parameter) {}

  /** Samples that wait for more. */
  private static final class Gathered {
    private final int[] counts;
    private int size;
    private int frames;

    Gathered(WaveField field) {
      int samples = field.count() * field.gather();
      counts = new int[samples == 0 ? FieldParser.MAX_SAMPLES : samples];
    }
  }

  private final ActiveAlerts alerts = new ActiveAlerts();
  private final Map<String, Identity> identities = remembering();
  private final Map<Key, Integer> turns = remembering();
  private final Map<Key, Gathered> gathered = remembering();

  /**
   * Tells what one line, frame or value says.
   *
   * @param session of the device it came from
   * @param device its id, to keep states of different devices apart
   * @param retained whether it is old: it raises no alarm, tells no event, and its values are
   *     {@link Flag#STORED}
   */
  void tell(
      Section section, Extraction extraction, Session session, String device, boolean retained)
      throws InterruptedException {
    // Alarms first: what is slow to take must not hold them up.
    for (var condition : extraction.conditions()) {
      if (retained) {
        session.discard("alert in a retained message", 0);
      } else {
        alert(condition, device, extraction, session);
      }
    }
    for (var event : extraction.events()) {
      if (retained) {
        session.discard("event in a retained message", 0);
      } else {
        session.emit(event);
      }
    }
    if (extraction.identity() != null) {
      learn(device, extraction.identity(), session);
    }
    for (var found : extraction.readings()) {
      if (isDue(found.field(), new Key(device, section.name(), found.reading().parameter()))) {
        session.emit(stored(found.reading(), retained));
      }
    }
    for (var wave : extraction.waves()) {
      gather(wave, new Key(device, section.name(), wave.field().parameter()), session, retained);
    }
    extraction.complaints().forEach(complaint -> session.discard(complaint, 0));
  }

  /** Frames were lost: samples that wait for more are dropped, so that none join over a gap. */
  void interrupt(Session session) {
    for (var waiting : gathered.values()) {
      if (waiting.size > 0) {
        session.discard("samples before a gap", 0);
        waiting.size = 0;
        waiting.frames = 0;
      }
    }
  }

  private void alert(
      Extraction.Condition condition, String device, Extraction extraction, Session session)
      throws InterruptedException {
    var field = condition.field();
    var phase = alerts.judge(device, field.code(), condition.on());
    if (phase.isPresent()) {
      session.emit(
          new Alert(
              field.code(),
              field.code(),
              phase.get(),
              field.priority(),
              field.kind(),
              field.text(),
              field.parameter(),
              extraction.time()));
    }
  }

  private void learn(String device, Identity told, Session session) throws InterruptedException {
    var known = identities.get(device);
    var now = known == null ? told : known;
    for (var fact : told.attributes().entrySet()) {
      now = now.with(fact.getKey(), fact.getValue());
    }
    if (!now.equals(known)) {
      identities.put(device, now);
      session.emit(now);
    }
  }

  private boolean isDue(ReadingField field, Key key) {
    if (field.every() == 1) {
      return true;
    }
    int turn = turns.merge(key, 1, Integer::sum);
    if (turn >= field.every()) {
      turns.put(key, 0);
    }
    return turn == 1;
  }

  private void gather(Extraction.Wave wave, Key key, Session session, boolean retained)
      throws InterruptedException {
    var field = wave.field();
    if (field.gather() == 1) {
      session.emit(stored(reading(field, wave.counts()), retained));
      return;
    }
    var waiting = gathered.computeIfAbsent(key, _ -> new Gathered(field));
    if (waiting.size + wave.counts().length > waiting.counts.length) {
      waiting.size = 0;
      waiting.frames = 0;
      session.discard(field.parameter() + ": more samples than can wait", 0);
    }
    System.arraycopy(wave.counts(), 0, waiting.counts, waiting.size, wave.counts().length);
    waiting.size += wave.counts().length;
    if (++waiting.frames >= field.gather()) {
      var counts = Arrays.copyOf(waiting.counts, waiting.size);
      waiting.size = 0;
      waiting.frames = 0;
      session.emit(stored(reading(field, counts), retained));
    }
  }

  private static Reading reading(WaveField field, int[] counts) {
    return Reading.of(
        field.parameter(),
        Samples.of(counts, field.ratePerSecond(), field.gain(), field.offset(), field.unit()));
  }

  private static Reading stored(Reading reading, boolean retained) {
    return retained ? reading.with(Flag.STORED) : reading;
  }

  private static <K, V> Map<K, V> remembering() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.@Nullable Entry<K, V> eldest) {
        return size() > MAX_REMEMBERED;
      }
    };
  }
}
