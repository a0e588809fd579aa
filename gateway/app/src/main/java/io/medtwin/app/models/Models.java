package io.medtwin.app.models;

import io.medtwin.app.generate.ThingModels;
import io.medtwin.twin.keeper.DevicePlan;
import io.medtwin.twin.profile.Profile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that a gateway serves: a shelf and a server. */
public final class Models implements AutoCloseable {

  private final ModelServer server;
  private final ModelShelf shelf;
  private final String base;

  private Models(ModelServer server, ModelShelf shelf, String base) {
    this.server = server;
    this.shelf = shelf;
    this.base = base;
  }

  /**
   * Listens and serves what is on the shelf already.
   *
   * @param folder where models are kept
   * @param address where to listen; port 0 for any free one
   * @param url how a Ditto server reaches that address; empty for the address itself
   * @throws IOException the address cannot be had, or the folder cannot be used
   */
  public static Models open(Path folder, InetSocketAddress address, Optional<String> url)
      throws IOException {
    var server = ModelServer.bind(address);
    try {
      var base = url.orElse(own(address.getHostString(), server.port()));
      var shelf = ModelShelf.open(folder, base);
      server.serve(shelf);
      return new Models(server, shelf, base);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static String own(String host, int port) {
    try {
      return new URI("http", null, host, port, null, null, null).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("models: " + host + " is no host", e);
    }
  }

  /**
   * Takes the profiles of all devices.
   *
   * @param follow whether new things are to say which model they follow
   * @return the devices, those whose model is served with its definition
   */
  public List<DevicePlan> serve(List<DevicePlan> devices, boolean follow) throws IOException {
    Map<Profile, Boolean> served = new HashMap<>();
    var plans = new ArrayList<DevicePlan>();
    for (DevicePlan device : devices) {
      var profile = device.profile();
      if (!served.containsKey(profile)) {
        served.put(profile, shelf.put(profile));
      }
      boolean following = follow && Boolean.TRUE.equals(served.get(profile));
      plans.add(
          following
              ? new DevicePlan(
                  device.facts().following(ThingModels.definition(profile, base)),
                  profile,
                  device.zone())
              : device);
    }
    return plans;
  }

  /** Where a list of all models is. */
  public String url() {
    return base + "/models";
  }

  /** The port, which may have been chosen by the system. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
