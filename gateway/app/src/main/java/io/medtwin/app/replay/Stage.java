package io.medtwin.app.replay;

import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.testkit.CaptureWriter;
import io.medtwin.testkit.ReportText;
import io.medtwin.testkit.Transcript;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where captures are played: profiles and plugins that are there. Any thread.
 *
 * @param profiles by id
 * @param plugins drivers
 * @param units conversion of units
 * @param profile the one that stands in for those of the captures, where one is wanted
 */
public record Stage(
    ProfileCatalog profiles, Plugins plugins, Units units, Optional<Profile> profile) {

  /** Most captures of a folder; further ones are a problem. */
  public static final int CAPTURES_MAX = 5_000;

  /** Plays one capture; what becomes of it is written to {@code out}. */
  public Replay.Outcome play(Path capture, OutputStream out) throws IOException {
    return play(capture, Duration.ZERO, out);
  }

  /**
   * Plays one capture around and around.
   *
   * @param loop how long; zero to play it once
   */
  public Replay.Outcome play(Path capture, Duration loop, OutputStream out) throws IOException {
    try (var reader = new Events(capture, loop)) {
      return Replay.play(reader, cast(capture, reader), units, out);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e); // a line that is not of the format
    } catch (UncheckedIOException e) {
      throw new IOException(capture + ": " + e.getCause(), e);
    }
  }

  /**
   * Where a report of a capture came from.
   *
   * @param at when the driver told it
   * @param offset of its first byte among all that the driver took; of a message, how many before
   * @param bytes of the frame, or of the message
   * @param message address of the message, or empty
   */
  public record Origin(Instant at, long offset, byte[] bytes, String message) {}

  /**
   * A report whose bytes are looked for.
   *
   * @param report as {@link ReportText} writes it
   * @param arrival when the gateway had it
   */
  public record Wanted(String report, Instant arrival) {}

  /**
   * Finds the bytes of reports in one play of a capture: of all that read the same, those nearest
   * to its arrival.
   *
   * @param atMost how far from its arrival
   * @return those that were found
   */
  public Map<Wanted, Origin> origins(Path capture, Collection<Wanted> wanted, Duration atMost)
      throws IOException {
    try (var reader = new Events(capture, Duration.ZERO)) {
      var nearest = new HashMap<Wanted, Origin>();
      var watch =
          new FrameWatch(
              told -> {
                @Nullable String text = null;
                for (Wanted one : wanted) {
                  if (isNearer(told.at(), one, nearest.get(one), atMost)) {
                    text = text == null ? ReportText.of(told.report()) : text;
                    if (text.equals(one.report())) {
                      nearest.put(
                          one, new Origin(told.at(), told.offset(), told.bytes(), told.message()));
                    }
                  }
                }
              });
      var cast = cast(capture, reader);
      var unused = Replay.play(reader, cast, units, OutputStream.nullOutputStream(), watch::around);
      return nearest;
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static boolean isNearer(
      Instant at, Wanted wanted, @Nullable Origin before, Duration atMost) {
    var away = Duration.between(at, wanted.arrival()).abs();
    return away.compareTo(atMost) <= 0
        && (before == null
            || away.compareTo(Duration.between(before.at(), wanted.arrival()).abs()) < 0);
  }

  Cast cast(Path capture, Events reader) throws IOException {
    var file = capture.toAbsolutePath().normalize();
    var folder = file.getParent();
    return Cast.of(
        reader.head(),
        String.valueOf(file.getFileName()),
        folder == null ? "" : String.valueOf(folder.getFileName()),
        profile,
        profiles,
        plugins);
  }

  /** The captures that are meant: files as they are named, and those of folders by name. */
  public static List<Path> captures(List<Path> named) throws IOException {
    var all = named.stream().flatMap(Stage::files).toList();
    if (all.isEmpty() || all.size() > CAPTURES_MAX) {
      throw new IOException(
          named + ": expected 1 to " + CAPTURES_MAX + " captures (.cap, .cap.gz, .txt)");
    }
    return all;
  }

  private static Stream<Path> files(Path named) {
    if (!Files.isDirectory(named)) {
      return Stream.of(named);
    }
    try (var files = Files.list(named)) {
      return files.filter(Stage::isCapture).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isCapture(Path file) {
    var name = file.toString();
    return name.endsWith(CaptureWriter.FILE_ENDING)
        || name.endsWith(CaptureWriter.PACKED_ENDING)
        || name.endsWith(Transcript.FILE_ENDING);
  }
}
