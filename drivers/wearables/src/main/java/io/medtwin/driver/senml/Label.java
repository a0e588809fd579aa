package io.medtwin.driver.senml;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels of a record, with their name in JSON and their number in CBOR (RFC 8428 table 4). */
enum Label {
  BASE_VERSION("bver", -1),
  BASE_NAME("bn", -2),
  BASE_TIME("bt", -3),
  BASE_UNIT("bu", -4),
  BASE_VALUE("bv", -5),
  BASE_SUM("bs", -6),
  NAME("n", 0),
  UNIT("u", 1),
  VALUE("v", 2),
  STRING_VALUE("vs", 3),
  BOOLEAN_VALUE("vb", 4),
  SUM("s", 5),
  TIME("t", 6),
  UPDATE_TIME("ut", 7),
  DATA_VALUE("vd", 8);

  private static final Map<String, Label> IN_JSON = new HashMap<>();
  private static final Map<String, Label> IN_CBOR = new HashMap<>();

  static {
    for (var label : values()) {
      IN_JSON.put(label.json, label);
      IN_CBOR.put(String.valueOf(label.cbor), label);
    }
  }

  private final String json;
  private final int cbor;

  Label(String json, int cbor) {
    this.json = json;
    this.cbor = cbor;
  }

  String json() {
    return json;
  }

  int cbor() {
    return cbor;
  }

  static @Nullable Label inJson(String name) {
    return IN_JSON.get(name);
  }

  /** By its number, written in decimal digits. */
  static @Nullable Label inCbor(String number) {
    return IN_CBOR.get(number);
  }
}
