package io.medtwin.driver.jsonfields;

import io.medtwin.driver.internal.json.Decimals;
import io.medtwin.driver.jsonfields.Field.AlertField;
import io.medtwin.driver.jsonfields.Field.Condition;
import io.medtwin.driver.jsonfields.Field.DeviceField;
import io.medtwin.driver.jsonfields.Field.EventField;
import io.medtwin.driver.jsonfields.Field.IdentityField;
import io.medtwin.driver.jsonfields.Field.IgnoredField;
import io.medtwin.driver.jsonfields.Field.Kind;
import io.medtwin.driver.jsonfields.Field.PresenceField;
import io.medtwin.driver.jsonfields.Field.ReadingField;
import io.medtwin.driver.jsonfields.Field.Switch;
import io.medtwin.driver.jsonfields.Field.TimeField;
import io.medtwin.driver.jsonfields.Field.TimeFormat;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Identity;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line taken apart: target, path and options, of which each is used exactly once. All refusals
 * are {@link IllegalArgumentException}s with a text for the author of the line.
 */
final class FieldLine {

  private static final Pattern LINE = Pattern.compile("(.*?)\\s*<-\\s*(\\S+)(.*)");
  private static final Pattern OPTION =
      Pattern.compile("\\s+([a-z]+)=(?:\"([^\"]*)\"|([^\\s\"]\\S*))");
  private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int MAX_DECIMALS = 12;

  private final List<String> target;
  private final FieldPath path;
  private final Map<String, String> options;

  private FieldLine(List<String> target, FieldPath path, Map<String, String> options) {
    this.target = target;
    this.path = path;
    this.options = options;
  }

  static FieldLine parse(String line) {
    var match = LINE.matcher(line);
    if (!match.matches()) {
      throw problem("expected \"target <- path option=value\"");
    }
    var options = new LinkedHashMap<String, String>();
    var rest = match.group(3).stripTrailing();
    var option = OPTION.matcher(rest);
    int end = 0;
    while (end < rest.length()) {
      if (!option.find(end) || option.start() != end) {
        throw problem("expected option=value at \"" + rest.substring(end).strip() + "\"");
      }
      var value = option.group(2) == null ? option.group(3) : option.group(2);
      if (options.put(option.group(1), value) != null) {
        throw problem("option " + option.group(1) + " stands twice");
      }
      end = option.end();
    }
    return new FieldLine(
        List.of(match.group(1).strip().split("\\s+")), path(match.group(2)), options);
  }

  Field toField() {
    var field =
        switch (target.get(0)) {
          case "device" -> device();
          case "time" -> time();
          case "presence" -> new PresenceField(path, condition(), onOff(PRESENT, GONE));
          case "ignore" -> new IgnoredField(path, condition());
          case "alert" -> alert();
          case "event" -> new EventField(argument(), path, condition(), onOff(ON, OFF));
          case "identity" ->
              new IdentityField(word(Identity.Attribute.class, argument()), path, condition());
          default -> reading();
        };
    int words = field instanceof AlertField || field instanceof EventField ? 2 : 1;
    words = field instanceof IdentityField ? 2 : words;
    if (target.size() != words) {
      throw problem("expected " + words + " words before <-, got " + target.size());
    }
    if (!options.isEmpty()) {
      throw problem("unknown option " + String.join(", ", options.keySet()));
    }
    return field;
  }

  private static final List<String> ON = List.of("true", "1", "on", "yes");
  private static final List<String> OFF = List.of("false", "0", "off", "no");
  private static final List<String> PRESENT = List.of("online", "connected", "true", "1");
  private static final List<String> GONE = List.of("offline", "disconnected", "false", "0");

  private Field reading() {
    var parameter = target.get(0);
    if (!PARAMETER.matcher(parameter).matches()) {
      throw problem("expected a name of lower case letters, digits and dashes, or a target word");
    }
    var kind = word(Kind.class, take("as", "number"));
    var unit = take("unit");
    var unitPath = unit != null && unit.startsWith("$.") ? path(unit) : null;
    if (kind == Kind.NUMBER && unit == null) {
      throw problem("a number needs unit=; unit=1 if it has none");
    }
    if (kind != Kind.NUMBER && unit != null) {
      throw problem("only a number has a unit");
    }
    var words = pairs(kind == Kind.NUMBER ? "units" : "codes");
    return new ReadingField(
        parameter,
        path,
        condition(),
        kind,
        unitPath == null ? unit : null,
        unitPath,
        words,
        take("zero", "value", List.of("absent", "value")).equals("absent"),
        list(take("absent", "")),
        isYes("string"),
        decimal("scale"),
        decimals());
  }

  private Field alert() {
    return new AlertField(
        argument(),
        path,
        condition(),
        onOff(ON, OFF),
        word(Alert.Priority.class, take("priority", "unknown")),
        word(Alert.Kind.class, take("kind", "unknown")),
        take("text", ""),
        take("parameter"));
  }

  private Field device() {
    boolean mac = take("form", "text", List.of("text", "mac")).equals("mac");
    return new DeviceField(path, condition(), mac, isYes("hub"));
  }

  private Field time() {
    var format = word(TimeFormat.class, take("format", "iso"));
    var pattern = take("pattern");
    if (pattern != null && format != TimeFormat.LOCAL) {
      throw problem("only format=local has a pattern");
    }
    var formatter =
        pattern == null
            ? DateTimeFormatter.ISO_LOCAL_DATE_TIME
            : DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    return new TimeField(path, condition(), format, formatter, isYes("string"));
  }

  private String argument() {
    if (target.size() < 2) {
      throw problem("expected a word after " + target.get(0));
    }
    return target.get(1);
  }

  private Switch onOff(List<String> on, List<String> off) {
    var takenOn = take("on");
    var takenOff = take("off");
    return new Switch(
        takenOn == null ? on : list(takenOn), takenOff == null ? off : list(takenOff));
  }

  private @Nullable Condition condition() {
    var text = take("if");
    if (text == null) {
      return null;
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw problem("expected if=path:word, got if=" + text);
    }
    return new Condition(path(text.substring(0, colon)), text.substring(colon + 1));
  }

  private @Nullable BigDecimal decimal(String option) {
    var text = take(option);
    return text == null
        ? null
        : Decimals.parse(text)
            .orElseThrow(() -> problem("expected " + option + "=number, got " + text));
  }

  private @Nullable Integer decimals() {
    var number = decimal("decimals");
    if (number == null) {
      return null;
    }
    boolean fits =
        number.signum() >= 0
            && number.compareTo(BigDecimal.valueOf(MAX_DECIMALS)) <= 0
            && number.stripTrailingZeros().scale() <= 0;
    if (!fits) {
      throw problem("expected decimals=0 to " + MAX_DECIMALS + ", got " + number);
    }
    return number.intValue();
  }

  private Map<String, String> pairs(String option) {
    var pairs = new HashMap<String, String>();
    for (var pair : list(take(option, ""))) {
      int colon = pair.indexOf(':');
      if (colon <= 0 || colon == pair.length() - 1) {
        throw problem("expected " + option + "=theirs:ours,…, got " + pair);
      }
      pairs.put(pair.substring(0, colon), pair.substring(colon + 1));
    }
    return Map.copyOf(pairs);
  }

  private boolean isYes(String option) {
    return take(option, "no", List.of("yes", "no")).equals("yes");
  }

  private String take(String option, String otherwise, List<String> allowed) {
    var value = take(option, otherwise);
    if (!allowed.contains(value)) {
      throw problem("expected " + option + " to be one of " + allowed + ", got " + value);
    }
    return value;
  }

  private String take(String option, String otherwise) {
    var value = take(option);
    return value == null ? otherwise : value;
  }

  private @Nullable String take(String option) {
    return options.remove(option);
  }

  private static List<String> list(String text) {
    var words = new ArrayList<String>();
    for (var word : text.split(",", -1)) {
      if (!word.isBlank()) {
        words.add(word.strip());
      }
    }
    return List.copyOf(words);
  }

  private static <E extends Enum<E>> E word(Class<E> type, String text) {
    for (var constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return constant;
      }
    }
    throw problem("unknown word \"" + text + "\"");
  }

  private static FieldPath path(String text) {
    return FieldPath.parse(text)
        .orElseThrow(() -> problem("expected a path such as $.a.b[0] or /a/b/0, got " + text));
  }

  private static IllegalArgumentException problem(String text) {
    return new IllegalArgumentException(text);
  }
}
