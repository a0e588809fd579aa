package io.medtwin.sync;

import io.medtwin.twin.backend.Patch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;

/**
 * {@link Patch} to Ditto's JSON. {@link Patch#REMOVE} becomes {@code null}. Ditto knows int, long
 * and double only, in the client as in the server: the amount of a decimal is kept as exactly as a
 * double can, its trailing zeros are not ({@code 5.00} arrives as {@code 5.0}, {@code 120} as
 * {@code 120}).
 */
final class PatchJson {

  private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private PatchJson() {}

  /**
   * Converts.
   *
   * @throws IllegalArgumentException if Ditto has no way to hold a name or a number
   */
  static JsonObject of(Patch patch) {
    List<JsonField> fields = new ArrayList<>(patch.members().size());
    patch.members().forEach((name, value) -> fields.add(field(name, value)));
    return JsonFactory.newObject(fields);
  }

  /**
   * Converts a patch for the root of a thing: {@code attributes}, and {@code features} with {@code
   * properties} each. Ditto leaves a merge of another shape without any answer; and desired
   * properties are not ours to set.
   *
   * @throws IllegalArgumentException if it has another shape, or see {@link #of}
   */
  static JsonObject ofThing(Patch patch) {
    patch
        .members()
        .forEach(
            (name, value) -> {
              switch (name) {
                case "attributes" -> nested(name, value);
                case "features" -> nested(name, value).members().forEach(PatchJson::checkFeature);
                default -> throw new IllegalArgumentException("no part of a twin is " + name);
              }
            });
    return of(patch);
  }

  /**
   * The members of {@code features} of a thing that was read; empty where it has none. Lists are
   * text, and a member that is null is left out.
   */
  static Patch readFeatures(JsonValue thing) {
    return thing.isObject() && !thing.isNull()
        ? thing
            .asObject()
            .getValue("features")
            .filter(value -> value.isObject() && !value.isNull())
            .map(features -> read(features.asObject()))
            .orElse(Patch.EMPTY)
        : Patch.EMPTY;
  }

  private static Patch read(JsonObject object) {
    var members = new LinkedHashMap<String, Object>();
    object.forEach(
        field -> {
          var value = field.getValue();
          if (!value.isNull()) {
            members.put(field.getKeyName(), read(value));
          }
        });
    return new Patch(members);
  }

  private static Object read(JsonValue value) {
    if (value.isObject()) {
      return read(value.asObject());
    }
    if (value.isString()) {
      return value.asString();
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    return value.isNumber() ? new BigDecimal(value.toString()) : value.toString();
  }

  private static void checkFeature(String feature, Object value) {
    if (value == Patch.REMOVE) {
      return;
    }
    nested(feature, value)
        .members()
        .forEach(
            (name, inner) -> {
              if (!name.equals("properties")) {
                throw new IllegalArgumentException(
                    "feature " + feature + " may have properties only, not " + name);
              }
              if (inner != Patch.REMOVE) {
                nested(name, inner);
              }
            });
  }

  private static Patch nested(String name, Object value) {
    if (value instanceof Patch patch) {
      return patch;
    }
    throw new IllegalArgumentException(name + " must be an object");
  }

  private static JsonField field(String name, Object value) {
    if (name.isEmpty() || name.chars().anyMatch(PatchJson::isForbidden)) {
      throw new IllegalArgumentException(
          "a member's name must not be empty and holds no slash, no control character and none of"
              + " U+0080 to U+00FF");
    }
    return verbatim(name, value(name, value));
  }

  /** The server's own rule for names ({@code json.key.invalid}), and the separator of paths. */
  private static boolean isForbidden(int character) {
    return character < 0x20 || (character >= 0x7F && character <= 0xFF) || character == '/';
  }

  /** A field whose name is taken as it is, never as a pointer. */
  static JsonField verbatim(String name, JsonValue value) {
    return JsonFactory.newField(JsonKey.of(name), value);
  }

  private static JsonValue value(String name, Object value) {
    return switch (value) {
      case String text -> JsonFactory.newValue(text);
      case Boolean flag -> JsonFactory.newValue(flag);
      case Long whole -> JsonFactory.newValue(whole);
      case BigDecimal number -> number(name, number);
      case Patch inner -> of(inner);
      default -> JsonFactory.nullLiteral(); // REMOVE: the constructor of Patch lets nothing else in
    };
  }

  private static JsonValue number(String name, BigDecimal number) {
    if (number.scale() <= 0 && number.precision() - number.scale() <= 19) {
      BigInteger whole = number.toBigIntegerExact();
      if (whole.abs().compareTo(LONGEST) <= 0) {
        return JsonFactory.newValue(whole.longValueExact());
      }
    }
    double nearest = number.doubleValue();
    if (Double.isInfinite(nearest)) {
      throw new IllegalArgumentException(name + ": the number is too large for JSON in Ditto");
    }
    return JsonFactory.newValue(nearest);
  }
}
