package io.medtwin.console.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** What goes back. */
public sealed interface Reply {

  /** Content type of answers. */
  String JSON = "application/json";

  /**
   * Everything at once.
   *
   * @param status of HTTP
   * @param type content type; empty where there is no content
   * @param bytes content, not to be changed afterwards
   * @param headers more headers
   */
  record Content(int status, String type, byte[] bytes, Map<String, String> headers)
      implements Reply {

    public Content {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * A stream of events.
   *
   * @param begin is given the stream, and returns at once
   */
  record Events(Consumer<EventStream> begin) implements Reply {}

  /**
   * A file that is written as it is sent.
   *
   * @param type content type
   * @param name name of the file
   * @param writer writes it, and may wait for a slow receiver
   */
  record Download(String type, String name, Writer writer) implements Reply {}

  /** Writes a file. */
  @FunctionalInterface
  interface Writer {
    /** Writes it; does not close. */
    void write(OutputStream out) throws IOException;
  }

  /** JSON, never kept by a browser. */
  static Reply json(byte[] json) {
    return json(json, Map.of());
  }

  /** JSON with more headers. */
  static Reply json(byte[] json, Map<String, String> headers) {
    return new Content(200, JSON, json, headers);
  }

  /** Nothing to tell. */
  static Reply done(Map<String, String> headers) {
    return new Content(204, "", new byte[0], headers);
  }

  /** A text. */
  static Reply text(int status, String type, String text) {
    return new Content(status, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}
