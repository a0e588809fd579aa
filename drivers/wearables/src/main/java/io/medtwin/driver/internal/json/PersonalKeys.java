package io.medtwin.driver.internal.json;

import java.util.List;
import java.util.Locale;

/**
 * Names of members that may hold a person rather than a measurement. What a mapping does not name
 * is shown as it came, but not under such a name: it is counted instead.
 */
public final class PersonalKeys {

  private static final List<String> WORDS =
      List.of(
          "name",
          "patient",
          "person",
          "user",
          "owner",
          "contact",
          "phone",
          "mobile",
          "email",
          "mail",
          "address",
          "birth",
          "dob",
          "ssn",
          "insurance",
          "gender",
          "nickname",
          "wearer",
          "account",
          "latitude",
          "longitude",
          "location",
          "gps",
          "note",
          "comment");

  private PersonalKeys() {}

  /** Whether a member of this name stays unread unless a mapping asks for it. */
  public static boolean maybePersonal(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains);
  }
}
