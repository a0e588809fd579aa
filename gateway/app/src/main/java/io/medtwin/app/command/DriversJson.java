package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medtwin.runtime.plugin.Plugins;
import java.io.IOException;
import java.io.StringWriter;

/** Drivers and plugins as one JSON object, for scripts. */
final class DriversJson {

  private DriversJson() {}

  static String write(Plugins plugins) throws IOException {
    var text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeArrayFieldStart("drivers");
      for (Plugins.Found found : plugins.drivers()) {
        var descriptor = found.descriptor();
        out.writeStartObject();
        out.writeStringField("id", descriptor.id());
        out.writeStringField("version", descriptor.version());
        out.writeStringField("title", descriptor.title());
        out.writeStringField("plugin", found.plugin());
        out.writeArrayFieldStart("links");
        for (String link : DriverListCommand.links(found).split(" ")) {
          out.writeString(link);
        }
        out.writeEndArray();
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayFieldStart("failures");
      for (Plugins.Failure failure : plugins.failures()) {
        out.writeStartObject();
        out.writeStringField("plugin", failure.plugin());
        out.writeStringField("why", failure.why());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text.toString();
  }
}
