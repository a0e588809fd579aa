package io.medtwin.app.console;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a running console says how this machine's command line reaches it: files in the journal's
 * folder, gone when it ends.
 */
public final class ConsoleFiles {

  private static final String ADDRESS = "console.address";
  private static final String TOKEN = "console.token";

  private ConsoleFiles() {}

  /**
   * How it is reached.
   *
   * @param address its base address
   * @param token lets this machine's users of the folder in
   */
  public record Reach(URI address, String token) {
    @Override
    public String toString() {
      return "Reach[address=" + address + ", token=***]";
    }
  }

  static void write(Path folder, URI address) throws IOException {
    Files.writeString(folder.resolve(ADDRESS), address + "\n");
  }

  static void remove(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(ADDRESS));
  }

  /**
   * How the console of a gateway is reached.
   *
   * @param folder of the gateway's journal
   * @throws IOException none runs there, or its files may not be read
   */
  public static Reach read(Path folder) throws IOException {
    try {
      return new Reach(
          URI.create(Files.readString(folder.resolve(ADDRESS), StandardCharsets.UTF_8).strip()),
          Files.readString(folder.resolve(TOKEN), StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException e) {
      throw new IOException(
          "no gateway runs here, or its console is switched off: there is no " + e.getFile(), e);
    }
  }
}
