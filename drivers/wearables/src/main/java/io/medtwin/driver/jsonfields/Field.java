package io.medtwin.driver.jsonfields;

import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a list of fields: where something is, and what it becomes. */
sealed interface Field {

  /** Where it is. */
  FieldPath path();

  /** Only where this holds, or null for always. */
  @Nullable Condition condition();

  /** A value elsewhere in the same message that must read so. */
  record Condition(FieldPath path, String word) {}

  /** What the value of a reading is. */
  enum Kind {
    NUMBER,
    TEXT,
    CODE
  }

  /**
   * A reading.
   *
   * @param unit fixed unit, or null
   * @param unitPath where the message tells the unit, or null
   * @param words what units or codes of the message are called by us
   * @param zeroIsAbsent whether 0 stands for "no value"
   * @param absentWords what else stands for "no value"
   * @param numberInString whether the number may be written as a string
   * @param scale factor, or null
   * @param decimals digits after the point to round to, or null
   */
  record ReadingField(
      String parameter,
      FieldPath path,
      @Nullable Condition condition,
      Kind kind,
      @Nullable String unit,
      @Nullable FieldPath unitPath,
      Map<String, String> words,
      boolean zeroIsAbsent,
      List<String> absentWords,
      boolean numberInString,
      @Nullable BigDecimal scale,
      @Nullable Integer decimals)
      implements Field {}

  /** An alarm condition that a value switches on and off. */
  record AlertField(
      String code,
      FieldPath path,
      @Nullable Condition condition,
      Switch words,
      Alert.Priority priority,
      Alert.Kind kind,
      String text,
      @Nullable String parameter)
      implements Field {}

  /** Something that happened, each time a value says so. */
  record EventField(String code, FieldPath path, @Nullable Condition condition, Switch words)
      implements Field {}

  /** Whether the device is there. */
  record PresenceField(FieldPath path, @Nullable Condition condition, Switch words)
      implements Field {}

  /**
   * The id of the device in the content.
   *
   * @param mac whether it is a MAC address, to be written in capitals with colons
   * @param behindHub whether the transport's device is a hub, so that this id counts
   */
  record DeviceField(FieldPath path, @Nullable Condition condition, boolean mac, boolean behindHub)
      implements Field {}

  /** How a time is written. */
  enum TimeFormat {
    EPOCH_SECONDS,
    EPOCH_MILLIS,
    ISO,
    LOCAL
  }

  /**
   * The device's time of everything in the message.
   *
   * @param pattern of {@link TimeFormat#LOCAL}
   */
  record TimeField(
      FieldPath path,
      @Nullable Condition condition,
      TimeFormat format,
      DateTimeFormatter pattern,
      boolean numberInString)
      implements Field {}

  /** A fact about the device. */
  record IdentityField(Identity.Attribute attribute, FieldPath path, @Nullable Condition condition)
      implements Field {}

  /** Everything at and under the path is left unread on purpose. */
  record IgnoredField(FieldPath path, @Nullable Condition condition) implements Field {}

  /** Words for on and for off. */
  record Switch(List<String> on, List<String> off) {

    /** In {@link #on}: any value that is there. */
    static final String ANY = "*";
  }
}
