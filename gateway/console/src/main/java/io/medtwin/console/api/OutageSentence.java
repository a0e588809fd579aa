package io.medtwin.console.api;

import io.medtwin.twin.ledger.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An outage in one sentence: {@code offline 6 h 12 m, 1,204,332 stored, all delivered in order by
 * 14:03 UTC, 0 lost}. Pure.
 */
final class OutageSentence {

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private OutageSentence() {}

  static String of(Outage outage, Instant now) {
    var to = outage.to();
    var until = to == null ? now : to;
    return "offline "
        + text(Duration.between(outage.from(), until))
        + (to == null ? " so far, " : ", ")
        + String.format(Locale.ROOT, "%,d stored, ", outage.stored())
        + delivery(outage)
        + String.format(Locale.ROOT, "%,d lost", outage.lost())
        + (outage.drainedAt() == null ? " so far" : "");
  }

  private static String delivery(Outage outage) {
    var drainedAt = outage.drainedAt();
    if (outage.to() == null) {
      return "";
    }
    if (drainedAt == null) {
      return "being delivered, ";
    }
    boolean sameDay =
        outage
            .from()
            .atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .equals(drainedAt.atOffset(ZoneOffset.UTC).toLocalDate());
    var all = outage.lost() == 0 ? "all delivered" : "the rest delivered";
    return all + " in order by " + (sameDay ? HOUR : DAY).format(drainedAt) + " UTC, ";
  }

  private static String text(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    long days = seconds / 86_400;
    long hours = seconds / 3_600 % 24;
    long minutes = seconds / 60 % 60;
    if (days > 0) {
      return days + " d " + hours + " h";
    }
    if (hours > 0) {
      return hours + " h " + minutes + " m";
    }
    return minutes > 0 ? minutes + " m " + seconds % 60 + " s" : seconds + " s";
  }
}
