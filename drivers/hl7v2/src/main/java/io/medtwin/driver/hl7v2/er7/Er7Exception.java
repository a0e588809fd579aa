package io.medtwin.driver.hl7v2.er7;

import java.util.Optional;

/** A message that is not taken. Says where, never what: the content may be of a patient. */
public final class Er7Exception extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final String place;
  private final String why;
  private final transient Optional<Header> header;

  /**
   * @param place segment and field, {@code MSH-9}
   * @param expected what should stand there
   * @param header what is known for an answer; empty where not even that could be read
   */
  public Er7Exception(Problem problem, String place, String expected, Optional<Header> header) {
    this(problem, place, header, place + ": expected " + expected);
  }

  private Er7Exception(Problem problem, String place, Optional<Header> header, String why) {
    super(why);
    this.why = why;
    this.problem = problem;
    this.place = place;
    this.header = header;
  }

  /** Where, and what was expected there. */
  public String why() {
    return why;
  }

  /** What kind of problem. */
  public Problem problem() {
    return problem;
  }

  /** Segment and field. */
  public String place() {
    return place;
  }

  /** What is known for an answer. */
  public Optional<Header> header() {
    return header;
  }
}
