package io.medtwin.driver.bbraunbcc;

import java.util.List;
import java.util.regex.Pattern;

/** Numbers that stand for units in {@code INDCONU} and {@code INDORTU}, as UCUM units. */
final class UnitCode {

  private static final int FIRST = 22;

  /** By their numbers, from 22 on (interface description, list of units). */
  private static final List<String> UCUM =
      List.of(
          "kg",
          "ng",
          "mg",
          "ug",
          "g",
          "mmol",
          "meq",
          "[iU]", //
          "ng/mL",
          "mg/mL",
          "ug/mL",
          "g/mL",
          "mmol/mL",
          "meq/mL",
          "[iU]/mL", //
          "ng/kg",
          "mg/kg",
          "ug/kg",
          "g/kg",
          "mmol/kg",
          "meq/kg",
          "[iU]/kg", //
          "ng/min",
          "ng/h",
          "ng/d", //
          "mg/min",
          "mg/h",
          "mg/d", //
          "ug/min",
          "ug/h",
          "ug/d", //
          "g/min",
          "g/h",
          "g/d", //
          "mmol/min",
          "mmol/h",
          "mmol/d", //
          "meq/min",
          "meq/h",
          "meq/d", //
          "[iU]/min",
          "[iU]/h",
          "[iU]/d", //
          "ng/kg/min",
          "ng/kg/h");

  private static final Pattern CODE = Pattern.compile("\\d{1,5}");

  private UnitCode() {}

  /** The unit of a number; {@code unit 67} for one that is not known, so that it stays visible. */
  static String ucum(String code) {
    if (!CODE.matcher(code).matches()) {
      return "unit unknown";
    }
    int index = Integer.parseInt(code) - FIRST;
    return index >= 0 && index < UCUM.size() ? UCUM.get(index) : "unit " + Integer.parseInt(code);
  }
}
