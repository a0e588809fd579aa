package io.medtwin.testkit;

import io.medtwin.spi.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A conversation with a device and what a driver must make of it, kept as readable text:
 *
 * <pre>
 * # Where it comes from                      a comment; also at the end of a line
 * set pollPeriod 500ms                       a setting of the driver
 * &gt; "!INF|4961" 0d                          the driver writes this (polled protocols)
 * &lt; 02 61 48 ab / 02 61 49 ac               the device sends two frames: hex, "text", / between
 * + 00 01                                    more bytes of the last frame
 * = reading spo2 97 %                        what the driver then says, as {@link ReportText}
 * message ward/bed1 device=b1 type=text/plain retained=true
 * &lt; "payload"                                content of that message (message drivers)
 * = device b1: reading spo2 97 %             said in the session of a device behind the hub
 * = refused MALFORMED                        the message was refused
 * </pre>
 *
 * Everything before the first {@code >} comes by itself; what follows a {@code >} comes as its
 * answer. A frame is the smallest thing that stands alone: the rules cut, damage and space frames.
 *
 * @param name file name without its ending
 * @param settings settings by name
 * @param turns what is sent, in order
 * @param expected lines the driver must say, in order
 */
public record Transcript(
    String name, Map<String, String> settings, List<Turn> turns, List<String> expected) {

  /** Ending of transcript files. */
  public static final String FILE_ENDING = ".txt";

  /** One thing sent. */
  public sealed interface Turn permits FromDevice, ToDevice, Arrival {}

  /**
   * A frame of the device.
   *
   * @param bytes read-only
   */
  public record FromDevice(ByteBuffer bytes) implements Turn {
    public FromDevice {
      bytes = bytes.asReadOnlyBuffer();
    }

    /** A view with its own position. */
    @Override
    public ByteBuffer bytes() {
      return bytes.asReadOnlyBuffer();
    }
  }

  /**
   * One write of the driver.
   *
   * @param bytes read-only
   */
  public record ToDevice(ByteBuffer bytes) implements Turn {
    public ToDevice {
      bytes = bytes.asReadOnlyBuffer();
    }

    /** A view with its own position. */
    @Override
    public ByteBuffer bytes() {
      return bytes.asReadOnlyBuffer();
    }
  }

  /**
   * A message that arrives.
   *
   * @param message as the transport delivers it
   */
  public record Arrival(Message message) implements Turn {}

  public Transcript {
    settings = Map.copyOf(settings);
    turns = List.copyOf(turns);
    expected = List.copyOf(expected);
  }

  /**
   * A transcript of its text.
   *
   * @throws IllegalArgumentException naming the line that is not of the format
   */
  public static Transcript parse(String name, String text) {
    return new TranscriptParser(name).parse(text);
  }

  /**
   * All transcripts of a folder of the test resources, by name.
   *
   * @param folder such as {@code "pulse-oximeter"}; its {@code .txt}, {@code .cap} and {@code
   *     .cap.gz} files are transcripts
   * @throws IllegalArgumentException no such folder, no transcript in it, or one not of the format
   */
  public static Stream<Transcript> in(String folder) {
    var loader = Thread.currentThread().getContextClassLoader();
    var resource = loader.getResource(folder);
    if (resource == null || !resource.getProtocol().equals("file")) {
      throw new IllegalArgumentException("no folder \"" + folder + "\" in the test resources");
    }
    try (var files = Files.list(path(resource.toURI()))) {
      var transcripts =
          files
              .filter(file -> isTranscript(file.getFileName().toString()))
              .sorted()
              .map(Transcript::load)
              .toList();
      if (transcripts.isEmpty()) {
        throw new IllegalArgumentException("no " + FILE_ENDING + " file in \"" + folder + "\"");
      }
      return transcripts.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("\"" + folder + "\" is no file name", e);
    }
  }

  /** The same conversation with other turns. */
  Transcript withTurns(List<Turn> others) {
    return new Transcript(name, settings, others, expected);
  }

  private static boolean isTranscript(String fileName) {
    return fileName.endsWith(FILE_ENDING)
        || fileName.endsWith(CaptureWriter.FILE_ENDING)
        || fileName.endsWith(CaptureWriter.PACKED_ENDING);
  }

  private static Path path(URI uri) {
    return Path.of(uri);
  }

  private static Transcript load(Path file) {
    try {
      var fileName = file.getFileName().toString();
      if (fileName.endsWith(CaptureWriter.PACKED_ENDING)) {
        try (var packed = new GZIPInputStream(Files.newInputStream(file))) {
          return parse(fileName, new String(packed.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      var name = fileName.substring(0, fileName.lastIndexOf('.'));
      return parse(name, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
