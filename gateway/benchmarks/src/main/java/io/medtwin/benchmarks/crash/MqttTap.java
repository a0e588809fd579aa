package io.medtwin.benchmarks.crash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads along on the gateway's connection to its broker: which QoS 1 messages it was handed and
 * which of them it acknowledged. MQTT 3.1.1 and 5 (OASIS, sections 2.1, 3.3, 3.4). One connection;
 * each direction is used by one thread.
 */
final class MqttTap implements Proxy.Tap {

  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int SUBACK = 9;
  private static final int VERSION_5 = 5;
  private static final int FIRST_FAILURE = 0x80;

  /** Told what goes by. */
  interface Listener {
    /** The gateway is handed a message, perhaps again. */
    void delivered(String topic, String payload);

    /** The gateway says that it has it. */
    void acknowledged(String topic, String payload);

    /** The broker confirms a subscription of the gateway. */
    void subscribed();
  }

  private record Publication(String topic, String payload) {}

  private final Listener listener;
  private final Map<Integer, Publication> underWay = new HashMap<>();
  private final Packets client = new Packets();
  private final Packets server = new Packets();
  private volatile int version = VERSION_5;

  MqttTap(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void fromClient(byte[] bytes, int length) {
    client.add(bytes, length, this::fromClient);
  }

  @Override
  public void fromServer(byte[] bytes, int length) {
    server.add(bytes, length, this::fromServer);
  }

  private void fromClient(int head, byte[] body) {
    switch (head >> 4) {
      case CONNECT -> version = body[2 + number(body, 0)]; // after the protocol's name
      case PUBACK -> {
        boolean success = body.length < 3 || (body[2] & 0xFF) < FIRST_FAILURE;
        Publication publication;
        synchronized (underWay) {
          publication = underWay.remove(number(body, 0));
        }
        if (publication != null && success) {
          listener.acknowledged(publication.topic(), publication.payload());
        }
      }
      default -> {}
    }
  }

  private void fromServer(int head, byte[] body) {
    switch (head >> 4) {
      case PUBLISH -> {
        if ((head >> 1 & 3) == 1) {
          published(body);
        }
      }
      case SUBACK -> listener.subscribed();
      default -> {}
    }
  }

  private void published(byte[] body) {
    int topicLength = number(body, 0);
    var topic = new String(body, 2, topicLength, StandardCharsets.UTF_8);
    int packet = number(body, 2 + topicLength);
    int at = 4 + topicLength;
    if (version == VERSION_5) {
      int length = 0;
      int shift = 0;
      int octet;
      do {
        octet = body[at++];
        length |= (octet & 0x7F) << shift;
        shift += 7;
      } while ((octet & 0x80) != 0);
      at += length;
    }
    var payload = new String(body, at, body.length - at, StandardCharsets.UTF_8);
    synchronized (underWay) {
      underWay.put(packet, new Publication(topic, payload));
    }
    listener.delivered(topic, payload);
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }

  /** Puts packets together from pieces. */
  private static final class Packets {
    private byte[] bytes = new byte[0];

    interface Taker {
      void take(int head, byte[] body);
    }

    void add(byte[] more, int length, Taker taker) {
      int before = bytes.length;
      bytes = Arrays.copyOf(bytes, before + length);
      System.arraycopy(more, 0, bytes, before, length);
      int from = 0;
      while (true) {
        int at = from + 1;
        int size = 0;
        int shift = 0;
        boolean sized = false;
        while (at < bytes.length && !sized) {
          size |= (bytes[at] & 0x7F) << shift;
          shift += 7;
          sized = (bytes[at++] & 0x80) == 0;
        }
        if (!sized || at + size > bytes.length) {
          break;
        }
        taker.take(bytes[from] & 0xFF, Arrays.copyOfRange(bytes, at, at + size));
        from = at + size;
      }
      if (from > 0) {
        bytes = Arrays.copyOfRange(bytes, from, bytes.length);
      }
    }
  }
}
