package io.medtwin.transports.coap;

import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.function.IntSupplier;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DatagramFilter;
import org.eclipse.californium.scandium.DtlsDatagramFilter;

/**
 * Drops datagrams while too many wait for the protocol thread, whose queue the library leaves
 * without a limit. A confirmable message is repeated by its sender, so what is dropped is late, not
 * lost.
 */
final class Gate {

  /** Most datagrams (and timers) that wait. */
  static final int MAX_WAITING = 4_096;

  private final IntSupplier waiting;
  private final Faults faults;

  /**
   * @param waiting how many wait at the moment
   */
  Gate(IntSupplier waiting, Faults faults) {
    this.waiting = waiting;
    this.faults = faults;
  }

  private boolean mayPass() {
    if (waiting.getAsInt() < MAX_WAITING) {
      return true;
    }
    faults.count(CoapFault.OVERLOAD);
    return false;
  }

  /** A plain socket behind this gate. */
  UDPConnector udp(InetSocketAddress address, Configuration settings) {
    return new UDPConnector(address, settings) {
      @Override
      public void processDatagram(DatagramPacket datagram) {
        if (mayPass()) {
          super.processDatagram(datagram);
        }
      }
    };
  }

  /** The library's own filter for DTLS, behind this gate. */
  DatagramFilter dtls(Configuration settings) {
    return new DtlsDatagramFilter(settings) {
      @Override
      public boolean onReceiving(DatagramPacket packet) {
        return mayPass() && super.onReceiving(packet);
      }
    };
  }
}
