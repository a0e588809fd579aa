package io.medtwin.transports.ble;

/** A bridge's message that cannot be read. Holds no content of it. */
final class BridgeFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  private final BridgeFault fault;

  BridgeFormatException(BridgeFault fault, String what) {
    super(what);
    this.fault = fault;
  }

  BridgeFault fault() {
    return fault;
  }
}
