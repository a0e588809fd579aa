package io.medtwin.driver.senml;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A resolved record: it means the same without the records around it.
 *
 * @param baseName base name in force, may be empty
 * @param localName the record's own name, may be empty; never both are
 * @param unit registered or agreed unit as sent, or null
 * @param value its value, or null if it has a sum only
 * @param sum integral of the value over time, unit × s, or null
 * @param time when it was true
 * @param updateSeconds most seconds until the next one, or null
 */
public record SenmlRecord(
    String baseName,
    String localName,
    @Nullable String unit,
    @Nullable SenmlValue value,
    @Nullable BigDecimal sum,
    SenmlTime time,
    @Nullable BigDecimal updateSeconds) {

  /** Base name and name together. */
  public String name() {
    return baseName + localName;
  }
}
