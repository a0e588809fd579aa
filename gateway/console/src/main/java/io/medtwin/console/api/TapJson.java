package io.medtwin.console.api;

import io.medtwin.console.json.JsonWriter;
import io.medtwin.twin.tap.TapEvent;
import java.util.HexFormat;

/** Steps from the wire to the twin. Pure. */
public final class TapJson {

  private TapJson() {}

  /** One step; bytes as hex. */
  public static byte[] of(TapEvent event) {
    return JsonWriter.object(
        out -> {
          switch (event) {
            case TapEvent.Bytes bytes ->
                out.text("kind", "bytes")
                    .time("at", bytes.at())
                    .flag("sent", bytes.sent())
                    .text("hex", HexFormat.of().formatHex(bytes.bytes()))
                    .number("length", bytes.length());
            case TapEvent.Message message ->
                out.text("kind", "message")
                    .time("at", message.at())
                    .text("topic", message.topic())
                    .text("contentType", message.contentType())
                    .text("hex", HexFormat.of().formatHex(message.bytes()))
                    .number("length", message.length());
            case TapEvent.Discarded discarded ->
                out.text("kind", "discarded")
                    .time("at", discarded.at())
                    .text("why", discarded.why())
                    .number("length", discarded.length());
            case TapEvent.Heard heard ->
                out.text("kind", "heard")
                    .time("at", heard.at())
                    .number("sequence", heard.sequence())
                    .text("report", heard.kind())
                    .text("name", heard.name())
                    .text("value", heard.value())
                    .text("unit", heard.unit());
            case TapEvent.Made made ->
                out.text("kind", "made")
                    .time("at", made.at())
                    .text("name", made.name())
                    .text("finding", made.finding())
                    .text("path", made.path())
                    .number("code", made.code())
                    .text("value", made.value())
                    .text("unit", made.unit())
                    .text("note", made.note());
          }
        });
  }
}
