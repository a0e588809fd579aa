package io.medtwin.benchmarks.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** MQTT 5 packets, as far as a load generator needs them. Pure. OASIS MQTT 5.0, chapter 3. */
final class Packets {

  static final int CONNACK = 0x20;
  static final int PUBLISH = 0x30;
  static final int PUBACK = 0x40;
  static final int SUBACK = 0x90;

  private static final int CONTENT_TYPE = 0x03;
  private static final int RECEIVE_MAXIMUM = 0x21;

  private Packets() {}

  /** Clean start, no keep-alive, 65,535 unacknowledged messages. */
  static byte[] connect(String clientId) {
    byte[] id = clientId.getBytes(StandardCharsets.UTF_8);
    var body = ByteBuffer.allocate(64 + id.length);
    put(body, "MQTT".getBytes(StandardCharsets.UTF_8));
    body.put((byte) 5).put((byte) 0x02).putShort((short) 0);
    body.put((byte) 3).put((byte) RECEIVE_MAXIMUM).putShort((short) 0xFFFF);
    put(body, id);
    return packet(0x10, body);
  }

  /** One filter, QoS 1. */
  static byte[] subscribe(String filter) {
    byte[] name = filter.getBytes(StandardCharsets.UTF_8);
    var body = ByteBuffer.allocate(16 + name.length);
    body.putShort((short) 1).put((byte) 0);
    put(body, name);
    body.put((byte) 1);
    return packet(0x82, body);
  }

  /** QoS 1, not retained. */
  static void publish(
      ByteBuffer out, byte[] topic, int packetId, byte[] contentType, byte[] payload) {
    int properties = 1 + 2 + contentType.length;
    int length = 2 + topic.length + 2 + lengthBytes(properties) + properties + payload.length;
    out.put((byte) 0x32);
    putLength(out, length);
    put(out, topic);
    out.putShort((short) packetId);
    putLength(out, properties);
    out.put((byte) CONTENT_TYPE);
    put(out, contentType);
    out.put(payload);
  }

  static void puback(ByteBuffer out, int packetId) {
    out.put((byte) PUBACK).put((byte) 2).putShort((short) packetId);
  }

  private static byte[] packet(int type, ByteBuffer body) {
    body.flip();
    var out = ByteBuffer.allocate(5 + body.remaining());
    out.put((byte) type);
    putLength(out, body.remaining());
    out.put(body).flip();
    var bytes = new byte[out.remaining()];
    out.get(bytes);
    return bytes;
  }

  private static void put(ByteBuffer out, byte[] text) {
    out.putShort((short) text.length).put(text);
  }

  private static void putLength(ByteBuffer out, int length) {
    int rest = length;
    while (rest >= 0x80) {
      out.put((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static int lengthBytes(int length) {
    return length < 0x80 ? 1 : length < 0x4000 ? 2 : 3;
  }
}
