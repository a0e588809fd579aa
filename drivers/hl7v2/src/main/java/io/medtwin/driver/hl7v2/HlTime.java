package io.medtwin.driver.hl7v2;

import io.medtwin.spi.DeviceTime;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Data type DTM (HL7 v2.6 chapter 2A): {@code YYYYMMDDHHMM[SS[.S[S[S[S]]]]][+ZZZZ]}, and with
 * milliseconds but no dot, as some write it. A time of the day only: what is coarser than a minute
 * is no time of a value.
 *
 * @param local wall clock as sent
 * @param offset its offset, or null where it is not known ({@code -0000} says so, too)
 */
record HlTime(LocalDateTime local, @Nullable ZoneOffset offset) {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(?:(\\d{2})(?:\\.?(\\d{1,9}))?)?"
              + "([+-]\\d{4})?");
  private static final String UNKNOWN_OFFSET = "-0000";

  /** The time of a text, or null where it is none. */
  static @Nullable HlTime of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    try {
      var local =
          LocalDateTime.of(
              number(form.group(1)),
              number(form.group(2)),
              number(form.group(3)),
              number(form.group(4)),
              number(form.group(5)),
              number(form.group(6)),
              nanos(form.group(7)));
      var offset = form.group(8);
      return new HlTime(
          local, offset == null || offset.equals(UNKNOWN_OFFSET) ? null : ZoneOffset.of(offset));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The same with this offset where its own is not known. */
  HlTime orOffsetOf(@Nullable HlTime other) {
    return offset != null || other == null ? this : new HlTime(local, other.offset);
  }

  /**
   * As a device's time.
   *
   * @param synchronised whether the device says its clock follows a time source
   */
  DeviceTime toDeviceTime(boolean synchronised) {
    return offset == null
        ? new DeviceTime.Local(local)
        : new DeviceTime.Utc(local.toInstant(offset), synchronised);
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
  }
}
