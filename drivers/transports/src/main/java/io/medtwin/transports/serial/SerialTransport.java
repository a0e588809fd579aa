package io.medtwin.transports.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens a serial port. The port is locked while it is open, so that no other program takes bytes
 * away; a second opening fails and says so.
 */
public final class SerialTransport implements Transport {

  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private final SerialConfig config;

  /** Opens nothing yet. */
  public SerialTransport(SerialConfig config) {
    this.config = config;
  }

  @Override
  public LinkKind kind() {
    return LinkKind.SERIAL;
  }

  @Override
  public String name() {
    return "serial:" + config.path() + " " + config.line();
  }

  /** True: reads and writes wait in the operating system. */
  @Override
  public SerialWire open() throws IOException, InterruptedException {
    Path real = realPath();
    SerialPort port = port(real);
    configure(port);
    if (!port.openPort(0)) {
      throw PortTrouble.ofErrorNumber(
          name(), real, port.getLastErrorCode(), WINDOWS || Files.exists(real));
    }
    var wire = new SerialWire(name(), port);
    try {
      if (!config.breakOnOpen().isZero()) {
        wire.sendBreak(config.breakOnOpen());
      }
      return wire;
    } catch (IOException | InterruptedException e) {
      wire.close();
      throw e;
    }
  }

  private Path realPath() throws IOException {
    Path path = Path.of(config.path());
    if (WINDOWS) {
      return path;
    }
    if (!Files.exists(path)) {
      throw PortTrouble.missing(name());
    }
    Path real = path.toRealPath();
    if (!Files.isReadable(real) || !Files.isWritable(real)) {
      throw PortTrouble.denied(name(), real);
    }
    return real;
  }

  private SerialPort port(Path path) throws IOException {
    try {
      return SerialPort.getCommPort(path.toString());
    } catch (SerialPortInvalidPortException e) {
      IOException missing = PortTrouble.missing(name());
      missing.initCause(e);
      throw missing;
    } catch (LinkageError e) {
      throw PortTrouble.noLibrary(name(), e);
    }
  }

  private void configure(SerialPort port) {
    port.setComPortParameters(config.baud(), config.dataBits(), stopBits(), parity());
    port.setFlowControl(flowControl());
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, SerialWire.READ_SLICE_MILLIS, 0);
    if (!config.dtr()) {
      port.clearDTR(); // before opening this only sets what opening will do
    }
    if (!config.rts()) {
      port.clearRTS();
    }
  }

  private int parity() {
    return switch (config.parity()) {
      case NONE -> SerialPort.NO_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case MARK -> SerialPort.MARK_PARITY;
      case SPACE -> SerialPort.SPACE_PARITY;
    };
  }

  private int stopBits() {
    return switch (config.stopBits()) {
      case ONE -> SerialPort.ONE_STOP_BIT;
      case ONE_AND_A_HALF -> SerialPort.ONE_POINT_FIVE_STOP_BITS;
      case TWO -> SerialPort.TWO_STOP_BITS;
    };
  }

  private int flowControl() {
    return switch (config.flowControl()) {
      case NONE -> SerialPort.FLOW_CONTROL_DISABLED;
      case RTS_CTS -> SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
      case XON_XOFF ->
          SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;
    };
  }
}
