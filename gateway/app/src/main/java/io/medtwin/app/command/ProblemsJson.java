package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medtwin.twin.document.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** Problems as JSON: {@code {"ok": false, "problems": [{"file", "line", "message"}]}}. */
final class ProblemsJson {

  private ProblemsJson() {}

  static String write(List<Problem> problems) throws IOException {
    var text = new StringWriter();
    try (var generator = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      generator.writeStartObject();
      writeTo(generator, problems);
      generator.writeEndObject();
    }
    return text.toString();
  }

  /** The members {@code ok} and {@code problems}. */
  static void writeTo(JsonGenerator generator, List<Problem> problems) throws IOException {
    generator.writeBooleanField("ok", problems.isEmpty());
    generator.writeArrayFieldStart("problems");
    for (Problem problem : problems) {
      generator.writeStartObject();
      generator.writeStringField("file", problem.file());
      generator.writeNumberField("line", problem.line());
      generator.writeStringField("message", problem.message());
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }
}
