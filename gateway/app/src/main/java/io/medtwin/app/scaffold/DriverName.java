package io.medtwin.app.scaffold;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a new driver is called, and all that follows from it.
 *
 * @param id lower case letters, digits and dashes, 2 to {@value #LONGEST} characters: the maker,
 *     then the model ({@code acme-pump})
 * @param javaPackage package of its classes
 */
public record DriverName(String id, String javaPackage) {

  private static final int LONGEST = 40;
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  /** Words of Java that a part of a package cannot be. */
  private static final Set<String> RESERVED =
      Set.of(
          "abstract",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "false",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "instanceof",
          "int",
          "interface",
          "long",
          "native",
          "new",
          "null",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "true",
          "try",
          "void",
          "volatile",
          "while");

  public DriverName {
    if (id.length() > LONGEST || id.length() < 2 || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a driver's name is lower case letters, digits and dashes, at most "
              + LONGEST
              + ", such as acme-pump; got \""
              + id
              + "\"");
    }
    if (!PACKAGE.matcher(javaPackage).matches() || isReserved(javaPackage)) {
      throw new IllegalArgumentException(
          "expected a package of Java such as com.acme.pump, got \"" + javaPackage + "\"");
    }
  }

  /** The name with the package that lies at hand: {@code com.acme.pump}. */
  public static DriverName of(String id) {
    int dash = id.indexOf('-');
    var maker = dash < 0 ? id : id.substring(0, dash);
    var model = dash < 0 ? "driver" : id.substring(dash + 1).replace("-", "");
    return new DriverName(id, "com." + packagePart(maker) + "." + packagePart(model));
  }

  private static String packagePart(String word) {
    return word.isEmpty() || Character.isDigit(word.charAt(0)) || RESERVED.contains(word)
        ? "device" + word
        : word;
  }

  private static boolean isReserved(String javaPackage) {
    for (String part : javaPackage.split("\\.", -1)) {
      if (RESERVED.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** Beginning of its classes' names: {@code AcmePump}. */
  public String classes() {
    var name = new StringBuilder();
    for (String word : id.split("-", -1)) {
      name.append(capital(word));
    }
    return name.toString();
  }

  /** Maker as on a type plate, as far as the name tells: {@code Acme}. */
  String maker() {
    return capital(id.split("-", -1)[0]);
  }

  /** Model as on a type plate, as far as the name tells: {@code pump}. */
  String model() {
    int dash = id.indexOf('-');
    return dash < 0 ? capital(id) : id.substring(dash + 1).replace('-', ' ');
  }

  /** Kind of the device, as far as the name tells. */
  String kind() {
    var last = id.substring(id.lastIndexOf('-') + 1);
    return switch (last) {
      case "pump" -> "infusion-pump";
      case "monitor" -> "patient-monitor";
      case "oximeter" -> "pulse-oximeter";
      case "thermometer" -> "thermometer";
      default -> "infusion-pump"; // what the sample protocol is of
    };
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
