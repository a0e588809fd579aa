package io.medtwin.twin.vocabulary;

/**
 * A number that does not always mean what it says.
 *
 * @param code the number as it is sent
 * @param kind what is odd about it
 * @param term code of the term that is meant then
 * @param note why
 */
record Trap(int code, Kind kind, int term, String note) {

  enum Kind {
    /** In an alert message an older number of an alert facet; elsewhere another attribute. */
    OLDER_ALERT_CODE,
    /** A number mistyped in some software; believed in an alert message only. */
    TYPING_ERROR,
    /** Two terms of one quantity: the other one is used. */
    USE_INSTEAD,
    /** Meant another thing in messages before 2015. */
    BEFORE_2015,
    /** Only messages before 2015 carry it. */
    MARKS_BEFORE_2015,
    /** Only messages of 2015 and later carry it. */
    MARKS_CURRENT,
    /** Some software sends it with another meaning. */
    REUSED,
    /** A wave's code that is also sent with one number, such as a mean. */
    ALSO_A_NUMBER,
    /** Numbers from 0 to 1 are a fraction, and not of its unit. */
    FRACTION
  }
}
