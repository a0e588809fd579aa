package io.medtwin.driver.declared;

import io.medtwin.driver.declared.Field.AbsentField;
import io.medtwin.driver.declared.Field.AlertField;
import io.medtwin.driver.declared.Field.Condition;
import io.medtwin.driver.declared.Field.DeviceField;
import io.medtwin.driver.declared.Field.EventField;
import io.medtwin.driver.declared.Field.FlagField;
import io.medtwin.driver.declared.Field.IdentityField;
import io.medtwin.driver.declared.Field.Kind;
import io.medtwin.driver.declared.Field.ReadingField;
import io.medtwin.driver.declared.Field.TimeField;
import io.medtwin.driver.declared.Field.WaveField;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Reading;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A line of a declaration with an arrow becomes a field. */
final class FieldParser {

  static final int MAX_DECIMALS = 12;
  static final int MAX_EVERY = 100_000;
  static final int MAX_SAMPLES = 4096;

  private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final Entry entry;
  private final boolean text;
  private final Source source;

  private FieldParser(Entry entry, boolean text) {
    this.entry = entry;
    this.text = text;
    this.source = Source.parse(entry.source(), text);
  }

  /**
   * @param text whether places are those of a line, not those of a frame
   */
  static Field parse(Entry entry, boolean text) {
    if (entry.target().isEmpty()) {
      throw Entry.problem("expected \"target <- place option=value\"");
    }
    var field = new FieldParser(entry, text).field();
    entry.requireNoMoreOptions();
    return field;
  }

  private Field field() {
    var word = entry.target().getFirst();
    switch (word) {
      case "alert", "event", "flag", "absent", "identity" -> {
        entry.word(1, "a word");
        entry.requireWords(2);
      }
      default -> entry.requireWords(1);
    }
    return switch (word) {
      case "alert" -> alert();
      case "event" -> new EventField(entry.word(1, "a code"), source, conditions(), check());
      case "flag" -> flag();
      case "absent" -> absent();
      case "identity" -> identity();
      case "device" -> new DeviceField(source, conditions());
      case "time" -> new TimeField(source, conditions(), pattern());
      default -> reading();
    };
  }

  private Field reading() {
    var parameter = entry.target().getFirst();
    if (!PARAMETER.matcher(parameter).matches()) {
      throw Entry.problem(
          "expected a name of lower case letters, digits and dashes, or a target word");
    }
    var as = entry.take("as", "number", List.of("number", "text", "code", "wave"));
    if (as.equals("wave")) {
      return wave(parameter);
    }
    var kind = Entry.word(Kind.class, as);
    var unit = entry.take("unit");
    if (kind == Kind.NUMBER && unit == null) {
      throw Entry.problem("a number needs unit=; unit=1 if it has none");
    }
    if (kind != Kind.NUMBER && unit != null) {
      throw Entry.problem("only a number has a unit");
    }
    boolean elsewhere = unit != null && isPlace(unit);
    return new ReadingField(
        parameter,
        source,
        conditions(),
        kind,
        elsewhere ? null : unit,
        elsewhere && unit != null ? Source.parseWord(unit, text) : null,
        entry.pairs(kind == Kind.NUMBER ? "units" : "codes"),
        absentWords(),
        entry.take("zero", "value", List.of("absent", "value")).equals("absent"),
        entry.take("trim", ""),
        entry.integer("base", 10, 2, 36),
        kind == Kind.NUMBER ? entry.decimal("scale") : null,
        kind == Kind.NUMBER ? entry.decimal("offset") : null,
        kind == Kind.NUMBER ? decimals() : null,
        entry.integer("every", 1, 1, MAX_EVERY));
  }

  private Field wave(String parameter) {
    if (!(source instanceof Source.Octets octets)
        || !octets.type().isCount()
        || octets.mask() != -1) {
      throw Entry.problem("a wave needs whole integers of at most 32 bits with sign");
    }
    var rate = entry.decimal("rate");
    if (rate == null || rate.signum() <= 0) {
      throw Entry.problem("a wave needs rate= samples a second");
    }
    var count = entry.take("count", "1");
    int gather = entry.integer("gather", 1, 1, MAX_SAMPLES);
    int samples = count.equals("rest") ? 0 : Entry.integer("count=", count, 1, MAX_SAMPLES);
    if (samples * gather > MAX_SAMPLES) {
      throw Entry.problem("expected count times gather to be at most " + MAX_SAMPLES);
    }
    var missing = new HashSet<Integer>();
    for (var word : entry.list("absent")) {
      missing.add(Entry.integer("absent=", word, Integer.MIN_VALUE + 1, Integer.MAX_VALUE));
    }
    return new WaveField(
        parameter,
        octets,
        conditions(),
        rate.doubleValue(),
        samples,
        entry.integer("step", octets.type().octets(), 1, Source.MAX_PLACE),
        gather,
        entry.take("unit", "1"),
        orElse(entry.decimal("scale"), 1),
        orElse(entry.decimal("offset"), 0),
        Set.copyOf(missing));
  }

  private Field alert() {
    return new AlertField(
        entry.word(1, "a code"),
        source,
        conditions(),
        check(),
        Entry.word(Alert.Priority.class, entry.take("priority", "unknown")),
        Entry.word(Alert.Kind.class, entry.take("kind", "unknown")),
        entry.take("text", ""),
        entry.take("parameter"));
  }

  private Field flag() {
    var flag = Entry.word(Reading.Flag.class, entry.word(1, "a flag"));
    return new FlagField(flag, source, conditions(), check(), parameters());
  }

  private Field absent() {
    var reason = Entry.word(Absent.Reason.class, entry.word(1, "a reason"));
    return new AbsentField(reason, source, conditions(), check(), parameters());
  }

  private Field identity() {
    var attribute = Entry.word(Identity.Attribute.class, entry.word(1, "a fact"));
    return new IdentityField(attribute, source, conditions(), entry.take("trim", ""));
  }

  private Check check() {
    return Check.parse(entry);
  }

  private DateTimeFormatter pattern() {
    var pattern = entry.take("pattern");
    return pattern == null
        ? DateTimeFormatter.ISO_LOCAL_DATE_TIME
        : new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(pattern)
            .toFormatter(Locale.ENGLISH);
  }

  private Set<String> parameters() {
    return Set.copyOf(new HashSet<>(entry.list("of")));
  }

  private List<Condition> conditions() {
    return conditions(entry, text);
  }

  /** {@code if=place:word,place:word}: all must hold. */
  static List<Condition> conditions(Entry entry, boolean text) {
    var conditions = new ArrayList<Condition>();
    for (var condition : entry.list("if")) {
      int colon = condition.lastIndexOf(':');
      if (colon <= 0 || colon == condition.length() - 1) {
        throw Entry.problem("expected if=place:word, got if=" + condition);
      }
      conditions.add(
          new Condition(
              Source.parseWord(condition.substring(0, colon), text),
              condition.substring(colon + 1)));
    }
    return List.copyOf(conditions);
  }

  /** {@code absent=---,127:sensor-off}. */
  private Map<String, Absent.Reason> absentWords() {
    var words = new HashMap<String, Absent.Reason>();
    for (var word : entry.list("absent")) {
      int colon = word.lastIndexOf(':');
      var reason =
          colon <= 0
              ? Absent.Reason.NOT_AVAILABLE
              : Entry.word(Absent.Reason.class, word.substring(colon + 1));
      words.put(colon <= 0 ? word : word.substring(0, colon), reason);
    }
    return Map.copyOf(words);
  }

  private @Nullable Integer decimals() {
    int decimals = entry.integer("decimals", -1, 0, MAX_DECIMALS);
    return decimals < 0 ? null : decimals;
  }

  private static boolean isPlace(String unit) {
    return unit.startsWith("word:")
        || unit.startsWith("words:")
        || unit.startsWith("columns:")
        || unit.startsWith("item:")
        || unit.startsWith("key:")
        || unit.startsWith("part:")
        || unit.startsWith("ascii:")
        || unit.startsWith("u8:");
  }

  private static double orElse(@Nullable BigDecimal number, double otherwise) {
    return number == null ? otherwise : number.doubleValue();
  }
}
