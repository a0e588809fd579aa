package io.medtwin.driver.hl7v2.er7;

import java.util.List;
import java.util.regex.Pattern;

/**
 * MSH, as far as it is needed to judge and to answer a message, even one that cannot be taken. Read
 * by hand: a header that a library rejects still wants an answer.
 *
 * @param encoding its separators
 * @param fields MSH-3 and up as written, at most {@link #FIELDS_MAX}
 */
public record Header(Encoding encoding, List<String> fields) {

  /** MSH has 25 fields in version 2.8. */
  static final int FIELDS_MAX = 25;

  /** Longest field that is looked at or given back. */
  static final int FIELD_MAX_CHARS = 512;

  private static final int FIRST = 3;

  public Header {
    fields = List.copyOf(fields);
  }

  static Header of(String msh, Encoding encoding) {
    var all = msh.split(Pattern.quote(String.valueOf(encoding.field())), FIELDS_MAX);
    return new Header(
        encoding,
        java.util.Arrays.stream(all)
            .skip(2)
            .map(field -> field.length() > FIELD_MAX_CHARS ? "" : field)
            .toList());
  }

  /** A field as written, separators and escapes included; empty where there is none. */
  public String raw(int field) {
    int index = field - FIRST;
    return index >= 0 && index < fields.size() ? fields.get(index) : "";
  }

  /** A component of a field; empty where there is none. */
  public String component(int field, int component) {
    var parts = raw(field).split(Pattern.quote(String.valueOf(encoding.component())), -1);
    return component <= parts.length ? parts[component - 1].strip() : "";
  }

  /** {@code ORU}, {@code ACK}. */
  public String type() {
    return component(9, 1);
  }

  /** {@code R01}, {@code R40}, {@code R42}; empty in messages of old. */
  public String trigger() {
    return component(9, 2);
  }

  /** MSH-10, which an answer must repeat exactly. */
  public String controlId() {
    return raw(10);
  }

  /** Whether its numbers are of a patient, or may be (MSH-11 P). */
  public boolean isProduction() {
    return component(11, 1).equals("P");
  }
}
