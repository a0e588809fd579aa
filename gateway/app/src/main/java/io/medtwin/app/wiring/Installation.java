package io.medtwin.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the gateway is installed: {@code lib}, {@code plugins}, {@code profiles}, {@code
 * vocabulary} beside each other.
 *
 * @param home the folder that holds them
 */
public record Installation(Path home) {

  /** Name of the system property that the launcher sets. */
  public static final String HOME = "medtwin.home";

  /** Profiles that come with the gateway, then those of the configuration, which replace them. */
  public List<Path> profiles(List<Path> more) {
    return Stream.concat(Stream.of(home.resolve("profiles")), more.stream()).toList();
  }

  /** Plugins that come with the gateway, then those of the configuration. */
  public List<Path> plugins(List<Path> more) {
    return Stream.concat(Stream.of(home.resolve("plugins")), more.stream()).toList();
  }

  /** Conversations for simulated devices, a folder for each profile; not in production. */
  public Path conversations() {
    return home.resolve("conversations");
  }

  /** What a device maker compiles against, as a Maven repository; not in production. */
  public Path sdk() {
    return home.resolve("sdk");
  }

  /** The terms, units and enumerations that come with the gateway. */
  public Path vocabulary() {
    return home.resolve("vocabulary");
  }

  /** Version as the build wrote it, or empty where it did not. */
  public String versionOrEmpty() {
    try {
      return version();
    } catch (IOException e) {
      return "";
    }
  }

  /** Version as the build wrote it. */
  public String version() throws IOException {
    return Files.readString(home.resolve("VERSION")).strip();
  }
}
