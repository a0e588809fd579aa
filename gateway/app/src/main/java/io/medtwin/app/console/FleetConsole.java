package io.medtwin.app.console;

import io.medtwin.console.Console;
import io.medtwin.console.ConsoleConfig;
import io.medtwin.sync.DittoConfig;
import io.medtwin.sync.DittoLogin;
import io.medtwin.sync.DittoRoles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A console of a fleet, without a gateway of its own. */
public final class FleetConsole implements AutoCloseable {

  private final Console console;
  private final DittoFleet fleet;

  private FleetConsole(Console console, DittoFleet fleet) {
    this.console = console;
    this.fleet = fleet;
  }

  /**
   * What is wanted.
   *
   * @param ditto base URL
   * @param user user of basic authentication
   * @param password its password
   * @param ca PEM file of the authority to trust
   * @param bind address to listen at, once claimed
   * @param port port, 0 for any
   * @param folder of its users
   */
  public record Wanted(
      URI ditto,
      String user,
      String password,
      Optional<Path> ca,
      String bind,
      int port,
      Path folder) {
    @Override
    public String toString() {
      return "Wanted[ditto=" + ditto + ", user=" + user + ", password=***]";
    }
  }

  /**
   * Starts it.
   *
   * @throws IOException its port cannot be had, or its files cannot be read
   */
  public static FleetConsole start(Wanted wanted, InstantSource clock) throws IOException {
    var login = new DittoLogin.Basic(wanted.user(), wanted::password);
    var config = DittoConfig.of(wanted.ditto(), login, DittoRoles.of("nginx:" + wanted.user()));
    var fleet = new DittoFleet(wanted.ca().map(config::withTrustedCa).orElse(config));
    try {
      var at =
          new ConsoleConfig(
              wanted.bind(),
              wanted.port(),
              wanted.folder(),
              Optional.empty(),
              false,
              Optional.empty());
      return new FleetConsole(Console.start(at, Optional.empty(), fleet, clock, () -> ""), fleet);
    } catch (IOException | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /** Port it listens at. */
  public int port() {
    return console.port();
  }

  /** The code that claims it, while it is not claimed. */
  public Optional<String> oneTimeCode() {
    return console.oneTimeCode();
  }

  @Override
  public void close() {
    console.close();
    fleet.close();
  }
}
