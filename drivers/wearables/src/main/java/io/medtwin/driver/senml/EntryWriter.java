package io.medtwin.driver.senml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labels of a record that are there, in the order in which they are written. */
final class EntryWriter {

  /** One label with its value. */
  record Field(Label label, SenmlValue value) {}

  private EntryWriter() {}

  static List<Field> fields(SenmlEntry entry) {
    var fields = new ArrayList<Field>();
    addNumber(
        fields,
        Label.BASE_VERSION,
        entry.version() == null ? null : BigDecimal.valueOf(entry.version()));
    addText(fields, Label.BASE_NAME, entry.baseName());
    addNumber(fields, Label.BASE_TIME, entry.baseTime());
    addText(fields, Label.BASE_UNIT, entry.baseUnit());
    addNumber(fields, Label.BASE_VALUE, entry.baseValue());
    addNumber(fields, Label.BASE_SUM, entry.baseSum());
    addText(fields, Label.NAME, entry.name());
    addText(fields, Label.UNIT, entry.unit());
    var value = entry.value();
    if (value != null) {
      fields.add(new Field(valueLabel(value), value));
    }
    addNumber(fields, Label.SUM, entry.sum());
    addNumber(fields, Label.TIME, entry.time());
    addNumber(fields, Label.UPDATE_TIME, entry.updateSeconds());
    return fields;
  }

  private static Label valueLabel(SenmlValue value) {
    return switch (value) {
      case SenmlValue.Num _, SenmlValue.NoNumber _ -> Label.VALUE;
      case SenmlValue.Str _ -> Label.STRING_VALUE;
      case SenmlValue.Bool _ -> Label.BOOLEAN_VALUE;
      case SenmlValue.Data _ -> Label.DATA_VALUE;
    };
  }

  private static void addNumber(List<Field> fields, Label label, @Nullable BigDecimal number) {
    if (number != null) {
      fields.add(new Field(label, new SenmlValue.Num(number)));
    }
  }

  private static void addText(List<Field> fields, Label label, @Nullable String text) {
    if (text != null) {
      fields.add(new Field(label, new SenmlValue.Str(text)));
    }
  }
}
