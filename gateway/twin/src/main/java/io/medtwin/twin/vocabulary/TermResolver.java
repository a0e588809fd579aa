package io.medtwin.twin.vocabulary;

import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.vocabulary.Resolution.By;
import io.medtwin.twin.vocabulary.Resolution.Flag;
import io.medtwin.twin.vocabulary.Resolution.Private;
import io.medtwin.twin.vocabulary.Resolution.Quarantined;
import io.medtwin.twin.vocabulary.Resolution.Resolved;
import io.medtwin.twin.vocabulary.TermQuery.Context;
import io.medtwin.twin.vocabulary.TermQuery.Message;
import io.medtwin.twin.vocabulary.TermQuery.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the code of a row means. The number decides, not the name, since refids were renamed over
 * the years; the name decides where the number is 0 or unknown; where both are known and differ,
 * kind and unit of the value decide if they can. Else the row is quarantined: nothing is guessed.
 * Pure, safe for any thread.
 */
public final class TermResolver {

  private static final Set<String> MDC = Set.of("", "mdc", "urn:iso:std:iso:11073:10101");
  private static final Set<String> LOINC = Set.of("ln", "loinc", "http://loinc.org");
  private static final String LOCAL = "99"; // HL7 table 0396: 99zzz and L are local
  private static final String LOCAL_SHORT = "l";

  private final Vocabulary vocabulary;
  private final UnitResolver units;

  /** A resolver over that vocabulary. */
  public TermResolver(Vocabulary vocabulary, Units units) {
    this.vocabulary = vocabulary;
    this.units = new UnitResolver(vocabulary, units);
  }

  /** What it means. */
  public Resolution resolve(TermQuery query) {
    var system = query.system().strip().toLowerCase(Locale.ROOT);
    if (MDC.contains(system)) {
      return mdc(query, number(query.code()));
    }
    if (LOINC.contains(system)) {
      return loinc(query);
    }
    if (system.startsWith(LOCAL) || system.equals(LOCAL_SHORT)) {
      return ofMaker(query);
    }
    return new Quarantined(
        "expected a code of MDC or LOINC, got " + query.code() + " of " + query.system());
  }

  private Resolution mdc(TermQuery query, long sent) {
    if (!Codes.isBare(sent)) {
      return full(query, sent, EnumSet.noneOf(Flag.class));
    }
    var partition = partition(query.context());
    return partition == Context.NO_PARTITION
        ? bareByName(query, sent)
        : full(query, (long) partition * Codes.PARTITION + sent, EnumSet.of(Flag.BARE_CODE));
  }

  private Resolution full(TermQuery query, long code, EnumSet<Flag> flags) {
    if (Codes.isPrivate(code)) {
      return ofMaker(query);
    }
    var facet =
        vocabulary
            .trap(code, Trap.Kind.OLDER_ALERT_CODE)
            .or(() -> vocabulary.trap(code, Trap.Kind.TYPING_ERROR));
    return facet.isPresent() ? facet(query, facet.get()) : numberOrName(query, code, flags);
  }

  private Resolution numberOrName(TermQuery query, long code, EnumSet<Flag> flags) {
    var byNumber = vocabulary.term(code).orElse(null);
    var byName = vocabulary.named(query.name().strip());
    if (byNumber == null) {
      return byName(query, code, byName, flags);
    }
    if (!byName.isEmpty() && !byNumber.isNamed(query.name().strip())) {
      return conflict(query, byNumber, byName);
    }
    if (byName.isEmpty() && !query.name().isBlank()) {
      flags.add(Flag.OTHER_NAME);
    }
    return checked(query, instead(query, byNumber, flags), By.CODE, flags);
  }

  private Resolution byName(TermQuery query, long code, List<Term> named, EnumSet<Flag> flags) {
    if (named.isEmpty()) {
      return new Quarantined(
          "neither the code "
              + query.code()
              + " nor the name \""
              + query.name()
              + "\" is in the vocabulary"
              + (query.name().isBlank() ? "" : vocabulary.suggestionFor(query.name())));
    }
    if (named.size() > 1) {
      return new Quarantined(
          query.name() + " without a known number is one of " + codesOf(named.stream()));
    }
    if (code > 0) {
      flags.add(Flag.UNKNOWN_NUMBER);
    }
    return checked(query, instead(query, named.getFirst(), flags), By.NAME, flags);
  }

  /** 16 bits without a partition: only a name that has the same 16 bits can give it. */
  private Resolution bareByName(TermQuery query, long sent) {
    var named =
        vocabulary.named(query.name().strip()).stream()
            .filter(term -> term.termCode() == sent)
            .toList();
    if (named.size() != 1) {
      return new Quarantined(
          "the 16-bit code "
              + sent
              + " needs a partition, which neither the message nor the name \""
              + query.name()
              + "\" gives");
    }
    return checked(query, named.getFirst(), By.NAME, EnumSet.of(Flag.BARE_CODE));
  }

  private Resolution conflict(TermQuery query, Term byNumber, List<Term> byName) {
    var fitting =
        Stream.concat(Stream.of(byNumber), byName.stream())
            .filter(term -> fitsValue(query, term))
            .toList();
    if (fitting.size() != 1) {
      return new Quarantined(
          "the number "
              + byNumber.code()
              + " is "
              + byNumber.refid()
              + ", the name says "
              + query.name()
              + "; "
              + (fitting.isEmpty() ? "neither fits" : "both fit")
              + " a "
              + Rows.word(query.shape())
              + (query.unit().isNone() ? "" : " in " + query.unit()));
    }
    return new Resolved(fitting.getFirst(), By.KIND_AND_UNIT, Set.of(Flag.CONFLICT));
  }

  private Resolution facet(TermQuery query, Trap trap) {
    var meant = vocabulary.meant(trap);
    if (query.context().message() != Message.ALERT) {
      return new Quarantined(
          query.code()
              + " is "
              + meant.refid()
              + " in an alert message only, and this is "
              + Rows.word(query.context().message()));
    }
    var flag = trap.kind() == Trap.Kind.TYPING_ERROR ? Flag.TYPING_ERROR : Flag.OLDER_CODE;
    return checked(query, meant, By.CODE, EnumSet.of(flag));
  }

  /** The term that stands for this one in such a message. */
  private Term instead(TermQuery query, Term term, EnumSet<Flag> flags) {
    var older = vocabulary.trap(term.code(), Trap.Kind.BEFORE_2015).orElse(null);
    if (older != null && query.context().edition() == Edition.BEFORE_2015) {
      flags.add(Flag.OLDER_MEANING);
      return vocabulary.meant(older);
    }
    if (vocabulary.trap(term.code(), Trap.Kind.REUSED).isPresent()) {
      flags.add(Flag.REUSED);
    }
    var other = vocabulary.trap(term.code(), Trap.Kind.USE_INSTEAD).orElse(null);
    if (other != null) {
      flags.add(Flag.REPLACED);
      return vocabulary.meant(other);
    }
    return term;
  }

  private Resolution loinc(TermQuery query) {
    var all = vocabulary.withLoinc(query.code().strip());
    var published =
        all.stream().filter(term -> term.loincBasis() == Term.LoincBasis.PUBLISHED_IG).toList();
    var candidates = published.isEmpty() ? all : published;
    if (candidates.size() != 1) {
      return new Quarantined(
          "LOINC "
              + query.code()
              + (candidates.isEmpty()
                  ? " stands beside no term"
                  : " is one of " + codesOf(candidates.stream())));
    }
    var flags = EnumSet.noneOf(Flag.class);
    if (published.isEmpty()) {
      flags.add(Flag.LOINC_UNCONFIRMED);
    }
    return checked(query, instead(query, candidates.getFirst(), flags), By.LOINC, flags);
  }

  private static Resolution ofMaker(TermQuery query) {
    var context = query.context();
    if (context.manufacturer().isBlank() || context.model().isBlank()) {
      return new Quarantined(
          "the private code "
              + query.code()
              + " means nothing without manufacturer and model of the device");
    }
    return new Private(
        context.manufacturer(), context.model(), query.code().strip(), query.name().strip());
  }

  private Resolution checked(TermQuery query, Term term, By by, EnumSet<Flag> flags) {
    var unit = otherDimension(query, term);
    if (unit != null) {
      return new Quarantined(
          term.refid() + " is in " + term.ucum() + ", " + unit + " is of another dimension");
    }
    if (!fitsKind(query, term)) {
      flags.add(Flag.OTHER_KIND);
    }
    return new Resolved(term, by, flags);
  }

  private boolean fitsValue(TermQuery query, Term term) {
    return fitsKind(query, term) && otherDimension(query, term) == null;
  }

  private boolean fitsKind(TermQuery query, Term term) {
    return query.shape().fits(term.kind())
        || (query.shape() == Shape.NUMBER && vocabulary.isAlsoNumber(term));
  }

  /** The unit of a value that cannot be one of the term's; null where it can, or is not known. */
  private @Nullable String otherDimension(TermQuery query, Term term) {
    if (query.shape() != Shape.NUMBER && query.shape() != Shape.SAMPLES) {
      return null;
    }
    return units.ucum(query.unit()).filter(ucum -> !units.fits(term, ucum)).orElse(null);
  }

  private static int partition(Context context) {
    if (context.partition() != Context.NO_PARTITION) {
      return context.partition();
    }
    return context.message() == Message.PERSONAL_HEALTH ? Codes.METRICS : Context.NO_PARTITION;
  }

  /** The number that was sent; 0 for none, and for a text that is none. */
  private static long number(String code) {
    try {
      return Math.max(0, Long.parseLong(code.strip()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static List<String> codesOf(Stream<Term> terms) {
    return terms.map(term -> term.code() + " " + term.refid()).toList();
  }
}
