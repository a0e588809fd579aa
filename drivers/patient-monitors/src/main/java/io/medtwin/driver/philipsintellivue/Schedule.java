package io.medtwin.driver.philipsintellivue;

import io.medtwin.driver.philipsintellivue.wire.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * When what is asked again, by the monitor's own counter: each answer carries it, so no clock is
 * needed here. Immutable.
 *
 * @param now latest count heard
 * @param asked count when each question was asked last
 * @param heard count when each question was answered last
 * @param keepAlive longest time between two requests
 */
record Schedule(
    long now, Map<Question, Long> asked, Map<Question, Long> heard, Duration keepAlive) {

  /** A stream of a minute is renewed so often. */
  static final Duration RENEWAL = Duration.ofSeconds(30);

  /** A stream that says nothing for so long, while others do, is asked for again. */
  static final Duration LOST = Duration.ofSeconds(5);

  /** Descriptions that are missing are asked for at most so often. */
  static final Duration DESCRIPTIONS = Duration.ofSeconds(2);

  private static final Duration KEEP_ALIVE_MAX = Duration.ofSeconds(10);
  private static final int REQUESTS_PER_TIME_OUT = 3;

  Schedule {
    asked = Map.copyOf(asked);
    heard = Map.copyOf(heard);
  }

  /**
   * Nothing asked yet.
   *
   * @param now the monitor's counter
   * @param timeOut of the association
   */
  static Schedule from(long now, Duration timeOut) {
    var third = timeOut.dividedBy(REQUESTS_PER_TIME_OUT);
    return new Schedule(
        now, Map.of(), Map.of(), third.compareTo(KEEP_ALIVE_MAX) < 0 ? third : KEEP_ALIVE_MAX);
  }

  Schedule withAsked(Question question) {
    var all = new EnumMap<Question, Long>(Question.class);
    all.putAll(asked);
    all.put(question, now);
    return new Schedule(now, all, heard, keepAlive);
  }

  /** After an answer that carries a count; one a little older than another is not now. */
  Schedule withHeard(Question question, long ticks) {
    long since = Ticks.between(now, ticks);
    long later = since > 0 || Ticks.duration(-since).compareTo(LOST) > 0 ? ticks : now;
    var all = new EnumMap<Question, Long>(Question.class);
    all.putAll(heard);
    all.put(question, later);
    return new Schedule(later, asked, all, keepAlive);
  }

  /**
   * What is to be asked now, of the questions that were asked before.
   *
   * @param lacksDescriptions waves came that nobody here can read
   */
  List<Question> due(boolean lacksDescriptions) {
    var due = new ArrayList<Question>();
    for (var question : Question.values()) {
      if (asked.containsKey(question) && isDue(question, lacksDescriptions)) {
        due.add(question);
      }
    }
    return due;
  }

  private boolean isDue(Question question, boolean lacksDescriptions) {
    var sinceAsked = since(asked.getOrDefault(question, now));
    if (question.isStream()) {
      var sinceHeard = since(heard.getOrDefault(question, asked.getOrDefault(question, now)));
      boolean isLost = sinceHeard.compareTo(LOST) >= 0 && sinceAsked.compareTo(LOST) >= 0;
      boolean isUnread =
          lacksDescriptions
              && question == Question.WAVES
              && sinceAsked.compareTo(DESCRIPTIONS) >= 0;
      return isLost || isUnread || sinceAsked.compareTo(RENEWAL) >= 0;
    }
    return question == Question.SYSTEM && sinceAsked.compareTo(keepAlive) >= 0;
  }

  /** A counter that was set counts as much time. */
  private Duration since(long then) {
    return Ticks.duration(Math.abs(Ticks.between(then, now)));
  }
}
