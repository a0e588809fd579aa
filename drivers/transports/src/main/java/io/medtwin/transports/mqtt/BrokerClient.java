package io.medtwin.transports.mqtt;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a broker, made once and thrown away when it breaks: a late acknowledgement can
 * then never reach a later connection, where the same packet id may be another message.
 */
interface BrokerClient {

  /** Most user properties of a message that become attributes; the rest is left out. */
  int MAX_USER_PROPERTIES = 32;

  /**
   * A message as it came.
   *
   * @param packetId for {@link #acknowledge}
   * @param again whether the broker says that it sent it before (DUP), or may have
   * @param contentType as MQTT 5 has it, or null
   */
  record Inbound(
      String topic,
      byte[] payload,
      int qos,
      boolean retained,
      int packetId,
      boolean again,
      @Nullable String contentType,
      Map<String, String> userProperties) {}

  /** Hears of a connection on its own threads; must neither block nor publish. */
  interface Events {
    void arrived(BrokerClient from, Inbound message);

    void lost(BrokerClient from, IOException cause);
  }

  /** The broker does not know MQTT 5. */
  final class UnsupportedVersionException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsupportedVersionException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Connects; messages may arrive before it returns.
   *
   * @return whether the broker still had our session
   */
  boolean connect() throws IOException;

  /**
   * Subscribes and waits for the broker's yes.
   *
   * @param sendRetained whether retained messages are wanted now; MQTT 3.1.1 always sends them
   * @return granted QoS
   */
  int subscribe(String filter, int qos, boolean sendRetained) throws IOException;

  /** Publishes and waits until the broker has it (QoS 1) or it is written (QoS 0). */
  void publish(
      String topic, byte[] payload, int qos, boolean retained, @Nullable String contentType)
      throws IOException;

  /** Sends the PUBACK of a QoS 1 message; without effect on a broken connection. */
  void acknowledge(int packetId);

  /** Says goodbye if it can, within a second, and releases everything. */
  void close();
}
