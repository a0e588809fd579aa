package io.medtwin.console.web;

import java.io.IOException;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Pages, scripts and pictures of the class path. Only plain names with a known ending are looked
 * for, so no path leads out of the two folders.
 */
final class StaticFiles {

  private static final String WEBJARS = "META-INF/resources/webjars/";
  private static final List<String> WEBJAR_GROUPS = List.of("org.webjars.npm", "org.webjars");

  /** Deepest folder of a file. */
  private static final int DEEPEST = 8;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/vnd.microsoft.icon"),
          Map.entry("woff2", "font/woff2"));

  /**
   * A file.
   *
   * @param type content type
   * @param bytes content
   * @param tag strong entity tag, with its quotes
   */
  private record Kept(String type, byte[] bytes, String tag) {}

  private final String pages;
  private final ClassLoader loader;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  /**
   * Files of a folder.
   *
   * @param pages folder on the class path, with a slash at its end
   */
  StaticFiles(String pages, ClassLoader loader) {
    this.pages = pages;
    this.loader = loader;
  }

  /** The file at a path, where there is one. */
  Optional<Reply> find(Call call) throws IOException {
    var path = call.path().endsWith("/") ? call.path() + "index.html" : call.path();
    var known = kept.get(path);
    if (known == null) {
      var read = read(path);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      known = read.get();
      if (kept.size() < Limits.FILES) {
        kept.put(path, known);
      }
    }
    return Optional.of(reply(known, call));
  }

  private static Reply reply(Kept file, Call call) {
    var headers = Map.of("ETag", file.tag(), "Cache-Control", "no-cache");
    boolean same =
        call.header("If-None-Match")
            .filter(tags -> List.of(tags.split("\\s*,\\s*", 20)).contains(file.tag()))
            .isPresent();
    return same
        ? new Reply.Content(304, "", new byte[0], headers)
        : new Reply.Content(200, file.type(), file.bytes(), headers);
  }

  private Optional<Kept> read(String path) throws IOException {
    var segments = Route.segments(path);
    var name = segments.getLast();
    var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    boolean plain =
        segments.size() <= DEEPEST
            && segments.stream().allMatch(segment -> NAME.matcher(segment).matches());
    if (!plain || type == null) {
      return Optional.empty();
    }
    var found = resource(segments);
    if (found == null) {
      return Optional.empty();
    }
    try (var in = found.openStream()) {
      var bytes = in.readNBytes(Limits.FILE_BYTES + 1);
      if (bytes.length > Limits.FILE_BYTES) {
        throw new IOException(path + ": longer than " + Limits.FILE_BYTES + " bytes");
      }
      return Optional.of(new Kept(type, bytes, tag(bytes)));
    }
  }

  private @org.jspecify.annotations.Nullable URL resource(List<String> segments)
      throws IOException {
    if (!segments.getFirst().equals("webjars")) {
      return loader.getResource(pages + String.join("/", segments));
    }
    if (segments.size() < 3) {
      return null;
    }
    var rest = segments.subList(1, segments.size());
    var exact = loader.getResource(WEBJARS + String.join("/", rest));
    if (exact != null) {
      return exact;
    }
    // a page need not know the version: /webjars/uplot/dist/uPlot.min.css
    var version = version(rest.getFirst());
    return version.isEmpty()
        ? null
        : loader.getResource(
            WEBJARS
                + rest.getFirst()
                + "/"
                + version.get()
                + "/"
                + String.join("/", rest.subList(1, rest.size())));
  }

  private Optional<String> version(String name) throws IOException {
    for (String group : WEBJAR_GROUPS) {
      var found = loader.getResource("META-INF/maven/" + group + "/" + name + "/pom.properties");
      if (found != null) {
        try (var in = found.openStream()) {
          var properties = new Properties();
          properties.load(in);
          return Optional.ofNullable(properties.getProperty("version"));
        }
      }
    }
    return Optional.empty();
  }

  private static String tag(byte[] bytes) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
