package io.medtwin.twin.vocabulary;

import java.util.Locale;
import java.util.Set;

/** What the code of a row means, or why nobody can tell. */
public sealed interface Resolution {

  /**
   * A term of the vocabulary.
   *
   * @param term what is meant
   * @param by what decided
   * @param flags what was odd on the way, to be kept with the raw row
   */
  record Resolved(Term term, By by, Set<Flag> flags) implements Resolution {
    public Resolved {
      flags = Set.copyOf(flags);
    }
  }

  /**
   * A maker's own code, kept under its name and never mapped by the number alone.
   *
   * @param manufacturer as given
   * @param model as given
   * @param code as sent
   * @param name as sent; empty where there was none
   */
  record Private(String manufacturer, String model, String code, String name)
      implements Resolution {

    /** {@code private/<manufacturer>/<code>}: lower case, other signs than letters as a dash. */
    public String key() {
      return "private/"
          + manufacturer
              .strip()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}]+", "-")
              .replaceAll("^-|-$", "")
          + "/"
          + code.strip();
    }
  }

  /**
   * Kept raw, and out of the twin.
   *
   * @param why what was expected and what came
   */
  record Quarantined(String why) implements Resolution {}

  /** What decided. */
  enum By {
    /** The number. */
    CODE,
    /** The name: the number was 0, unknown, or without its partition. */
    NAME,
    /** Kind and unit of the value: number and name said different things. */
    KIND_AND_UNIT,
    /** The LOINC column. */
    LOINC
  }

  /** What was odd. */
  enum Flag {
    /** The number is known, its name is not one that the vocabulary has for it. */
    OTHER_NAME,
    /** The number is unknown, the name decided. */
    UNKNOWN_NUMBER,
    /** Number and name are two terms; only one of them fits the value. */
    CONFLICT,
    /** 16 bits were sent; the context or the name gave the partition. */
    BARE_CODE,
    /** An older number of an alert facet. */
    OLDER_CODE,
    /** A number that is known as a typing error. */
    TYPING_ERROR,
    /** The meaning of messages before 2015. */
    OLDER_MEANING,
    /** Another term of the same quantity stands for it. */
    REPLACED,
    /** Some software sends this number with another meaning; name and text of the row say which. */
    REUSED,
    /** The value is not of the term's kind. */
    OTHER_KIND,
    /** The LOINC code was paired by its name only. */
    LOINC_UNCONFIRMED
  }
}
