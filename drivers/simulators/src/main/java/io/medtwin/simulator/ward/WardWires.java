package io.medtwin.simulator.ward;

import io.medtwin.simulator.ble.BleBridge;
import io.medtwin.simulator.ble.CassiaBridge;
import io.medtwin.simulator.ble.OpenMqttGatewayBridge;
import io.medtwin.simulator.device.ScenarioClock;
import io.medtwin.simulator.pty.VirtualSerialPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** What the devices of a ward share: its time, directory of serial ports, bridges, CoAP timer. */
final class WardWires implements AutoCloseable {
  static final String CASSIA_GATEWAY = "CC:1B:E0:E2:8F:2C";
  static final String OMG_GATEWAY = "OMG_ward";

  private final WardPlan plan;
  private final ScheduledExecutorService coapProtocol =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("simulator-coap").factory());
  private @Nullable Path serialDirectory;
  private @Nullable BleBridge cassia;
  private @Nullable BleBridge openMqttGateway;
  private volatile @Nullable ScenarioClock running;

  WardWires(WardPlan plan) {
    this.plan = plan;
  }

  /** Scenario time begins; a second call changes nothing. */
  void begin() {
    if (running == null) {
      running = ScenarioClock.running(plan.speed());
    }
  }

  /** Zero until the scenario begins. */
  Duration elapsed() {
    var now = running;
    return now == null ? Duration.ZERO : now.elapsed();
  }

  ScheduledExecutorService coapProtocol() {
    return coapProtocol;
  }

  VirtualSerialPort port(String id) throws IOException {
    var given = plan.serialDirectory();
    if (given != null) {
      return VirtualSerialPort.open(given.resolve(id));
    }
    if (serialDirectory == null) {
      serialDirectory = Files.createTempDirectory("medtwin-ward");
    }
    return VirtualSerialPort.open(serialDirectory.resolve(id));
  }

  BleBridge cassia() {
    if (cassia == null) {
      cassia = new CassiaBridge(CASSIA_GATEWAY, plan.broker(), () -> plan.epoch().plus(elapsed()));
    }
    return cassia;
  }

  BleBridge openMqttGateway() {
    if (openMqttGateway == null) {
      openMqttGateway = new OpenMqttGatewayBridge(OMG_GATEWAY, plan.broker());
    }
    return openMqttGateway;
  }

  @Override
  public void close() {
    if (cassia != null) {
      cassia.close();
    }
    if (openMqttGateway != null) {
      openMqttGateway.close();
    }
    coapProtocol.shutdownNow();
    if (serialDirectory != null) {
      try {
        Files.deleteIfExists(serialDirectory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
