package io.medtwin.transports.ble;

import com.fasterxml.jackson.databind.JsonNode;
import io.medtwin.spi.Message;
import java.util.List;

/** What one message of a bridge says. */
sealed interface BridgeInput {

  /**
   * Things heard of devices, in order.
   *
   * @param events none is possible
   * @param faults objects of the message that had to be left out
   */
  record Events(List<GattEvent> events, List<BridgeFault> faults) implements BridgeInput {
    public Events {
      events = List.copyOf(events);
      faults = List.copyOf(faults);
    }
  }

  /**
   * The bridge wants to know whether we are there.
   *
   * @param reply what to send
   */
  record Heartbeat(Message reply) implements BridgeInput {}

  /**
   * The answer to a request of ours or of somebody else.
   *
   * @param gateway the bridge
   * @param id id of the request
   * @param code HTTP status
   * @param body answer, as the REST call would have given it
   */
  record ApiReply(String gateway, String id, int code, JsonNode body) implements BridgeInput {}

  /**
   * The bridge itself came or went.
   *
   * @param gateway the bridge
   * @param online whether it is there
   */
  record Presence(String gateway, boolean online) implements BridgeInput {}

  /** Nothing that concerns devices. */
  record Nothing() implements BridgeInput {}
}
