package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medtwin.twin.keeper.DeviceView;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/** Devices as one JSON object, for scripts. */
public final class ViewsJson {

  private ViewsJson() {}

  /** One JSON object. */
  public static String write(List<DeviceView> views) throws IOException {
    var text = new StringWriter();
    try (var generator = new JsonFactory().createGenerator(text)) {
      generator.writeStartObject();
      generator.writeBooleanField("live", views.stream().allMatch(DeviceView::isLive));
      generator.writeArrayFieldStart("devices");
      for (DeviceView view : views) {
        write(generator, view);
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, DeviceView view) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("device", view.device());
    generator.writeStringField("thingId", view.thingId());
    generator.writeStringField("link", view.link().status().word());
    generator.writeBooleanField("talking", view.talking());
    generator.writeBooleanField("fresh", view.fresh());
    var acknowledgedAt = view.acknowledgedAt();
    generator.writeStringField(
        "acknowledgedAt", acknowledgedAt == null ? null : acknowledgedAt.toString());
    generator.writeStringField("standing", view.standing().name().toLowerCase(Locale.ROOT));
    generator.writeNumberField("received", view.counts().received());
    generator.writeNumberField("unmapped", view.counts().unmapped());
    generator.writeNumberField("rejected", view.counts().rejected());
    generator.writeNumberField("late", view.counts().late());
    generator.writeNumberField("discardedBytes", view.counts().discardedBytes());
    generator.writeNumberField("coalesced", view.counts().coalesced());
    generator.writeNumberField("confirmed", view.counts().confirmed());
    generator.writeNumberField("dropped", view.counts().dropped());
    generator.writeObjectFieldStart("values");
    for (DeviceView.Shown value : view.values()) {
      generator.writeStringField(
          value.channel() + "." + value.name(),
          (value.text() + " " + value.unit()).strip() + " (" + value.validity() + ")");
    }
    generator.writeEndObject();
    generator.writeEndObject();
  }
}
