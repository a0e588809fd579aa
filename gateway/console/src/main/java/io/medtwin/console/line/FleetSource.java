package io.medtwin.console.line;

import java.io.IOException;
import java.util.List;

/** Every gateway that a Ditto knows, read from its twins alone. */
public interface FleetSource {

  /**
   * All gateways: things of class {@code gateway}.
   *
   * @throws IOException Ditto does not answer, and why
   */
  List<FleetGateway> gateways() throws IOException;

  /**
   * The devices of one gateway.
   *
   * @throws IOException Ditto does not answer, and why
   */
  List<FleetDevice> devices(String gateway) throws IOException;
}
