package io.medtwin.driver.declared;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Reading;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of a declaration: where something is, and what it becomes. */
sealed interface Field {

  /** Where it is. */
  Source source();

  /** What must hold elsewhere in the same line or frame; empty for always. */
  List<Condition> conditions();

  /** A value that must read so. */
  record Condition(Source source, String word) {}

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
   * @param unitSource where the line tells the unit, or null
   * @param words what units or codes of the device are called by us
   * @param absent words and numbers that stand for "no value", with the reason
   * @param zeroIsAbsent whether 0 stands for "no value"
   * @param trim characters that are taken off both ends of a text
   * @param base of the digits of a text
   * @param every of how many lines or frames one is told; the first one is
   */
  record ReadingField(
      String parameter,
      Source source,
      List<Condition> conditions,
      Kind kind,
      @Nullable String unit,
      @Nullable Source unitSource,
      Map<String, String> words,
      Map<String, Absent.Reason> absent,
      boolean zeroIsAbsent,
      String trim,
      int base,
      @Nullable BigDecimal scale,
      @Nullable BigDecimal offset,
      @Nullable Integer decimals,
      int every)
      implements Field {}

  /**
   * Samples of a waveform.
   *
   * @param source of the first sample
   * @param count samples in a frame, 0 for as many as there are octets
   * @param step octets from one sample to the next
   * @param gather frames of which the samples are told together
   * @param missing counts that stand for "no sample"
   */
  record WaveField(
      String parameter,
      Source.Octets source,
      List<Condition> conditions,
      double ratePerSecond,
      int count,
      int step,
      int gather,
      String unit,
      double gain,
      double offset,
      Set<Integer> missing)
      implements Field {}

  /** An alarm condition that a value switches on and off. */
  record AlertField(
      String code,
      Source source,
      List<Condition> conditions,
      Check check,
      Alert.Priority priority,
      Alert.Kind kind,
      String text,
      @Nullable String parameter)
      implements Field {}

  /** Something that happened. */
  record EventField(String code, Source source, List<Condition> conditions, Check check)
      implements Field {}

  /**
   * A flag on readings of the same line or frame.
   *
   * @param of parameters it concerns; empty for all
   */
  record FlagField(
      Reading.Flag flag, Source source, List<Condition> conditions, Check check, Set<String> of)
      implements Field {}

  /**
   * A state in which readings of the same line or frame are no values.
   *
   * @param of parameters it concerns; empty for all
   */
  record AbsentField(
      Absent.Reason reason, Source source, List<Condition> conditions, Check check, Set<String> of)
      implements Field {}

  /** The id of the device behind the line. */
  record DeviceField(Source source, List<Condition> conditions) implements Field {}

  /**
   * The device's wall clock.
   *
   * @param pattern of {@link DateTimeFormatter}
   */
  record TimeField(Source source, List<Condition> conditions, DateTimeFormatter pattern)
      implements Field {}

  /** A fact about the device. */
  record IdentityField(
      Identity.Attribute attribute, Source source, List<Condition> conditions, String trim)
      implements Field {}
}
