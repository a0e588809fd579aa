package io.medtwin.benchmarks.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** One run: its command, its machine, its tables and what must be said about them. */
public final class Report {

  private final String name;
  private final String command;
  private final Machine machine;
  private final List<Table> tables = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** A run that begins now. */
  public Report(String name, String command) {
    this.name = name;
    this.command = command;
    this.machine = Machine.here();
  }

  /** Adds a table; further rows of it show, too. */
  public Table table(Table table) {
    tables.add(table);
    return table;
  }

  /** Adds a sentence. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  /** What the run is called. */
  public String name() {
    return name;
  }

  /** For people and RESULTS.md. */
  public String markdown() {
    var text = new StringBuilder();
    text.append("## ").append(name).append("\n\n`").append(command).append("`\n\n");
    text.append(machine.line()).append("\n\n");
    for (Table table : tables) {
      text.append("**").append(table.title()).append("**\n\n");
      text.append(table.markdown()).append('\n');
    }
    for (String note : notes) {
      text.append("- ").append(note).append('\n');
    }
    return text.toString();
  }

  /** For scripts. */
  public String json() {
    var text = new StringWriter();
    try (var generator = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      write(generator);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private void write(JsonGenerator generator) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("run", name);
    generator.writeStringField("command", command);
    generator.writeObjectFieldStart("machine");
    generator.writeNumberField("cores", machine.cores());
    generator.writeStringField("cpu", machine.cpu());
    generator.writeNumberField("memoryMiB", machine.memoryMiB());
    generator.writeStringField("kernel", machine.kernel());
    generator.writeStringField("java", machine.java());
    generator.writeStringField("load", machine.load());
    generator.writeEndObject();
    generator.writeArrayFieldStart("tables");
    for (Table table : tables) {
      generator.writeStartObject();
      generator.writeStringField("title", table.title());
      generator.writeArrayFieldStart("rows");
      for (List<Object> row : table.rows()) {
        generator.writeStartObject();
        for (int column = 0; column < row.size(); column++) {
          generator.writeFieldName(table.columns().get(column));
          generator.writePOJO(row.get(column));
        }
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("notes");
    for (String note : notes) {
      generator.writeString(note);
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }
}
