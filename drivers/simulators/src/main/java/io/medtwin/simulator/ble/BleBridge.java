package io.medtwin.simulator.ble;

import io.medtwin.simulator.device.Outlet;
import java.io.IOException;
import java.util.List;

/**
 * A BLE bridge in reach of some sensors, with one connection to an MQTT broker. A sensor's outlet
 * is its radio: unplugged, it is out of the bridge's reach.
 */
public interface BleBridge extends AutoCloseable {
  /** Connects to the broker. Does nothing on a connected bridge. */
  void start() throws IOException;

  /** The radio between this bridge and one sensor. */
  Outlet<List<GattValue>> reach(GattSensor sensor);

  /** Takes the bridge off its network, or brings it back. */
  void connected(boolean connected) throws IOException;

  /** Says goodbye to the broker. */
  @Override
  void close();
}
