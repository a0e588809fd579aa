package io.medtwin.benchmarks.mqtt;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection that publishes at QoS 1, or takes everything of a filter and forgets it. One thread
 * writes; a thread of its own reads.
 */
public final class Connection implements AutoCloseable {

  /** Packet ids are 16 bits wide: fewer messages than that may be under way. */
  private static final int UNDER_WAY_MAX = 60_000;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int PACKET_BYTES_MAX = 4096;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final ByteBuffer answers = ByteBuffer.allocate(BUFFER_BYTES);
  private final Semaphore room = new Semaphore(UNDER_WAY_MAX);
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private int packetId;
  private long published;

  /** Connects. */
  public Connection(URI broker, String clientId) throws IOException {
    socket = new Socket(InetAddress.getByName(broker.getHost()), broker.getPort());
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
    out = socket.getOutputStream();
    out.write(Packets.connect(clientId));
    if (in.readUnsignedByte() != Packets.CONNACK) {
      throw new IOException("expected a CONNACK from " + broker);
    }
    byte[] answer = in.readNBytes(readLength());
    if (answer[1] != 0) {
      throw new IOException("the broker refuses with " + answer[1]);
    }
  }

  /** Starts the reader of a publisher. */
  public Connection publishing() {
    Thread.ofPlatform().daemon().name("mqtt-acks").start(this::read);
    return this;
  }

  /** Subscribes and starts to take messages. */
  public Connection taking(String filter) throws IOException {
    out.write(Packets.subscribe(filter));
    if (in.readUnsignedByte() != Packets.SUBACK) {
      throw new IOException("expected a SUBACK");
    }
    in.readNBytes(readLength());
    Thread.ofPlatform().daemon().name("mqtt-messages").start(this::read);
    return this;
  }

  /** Puts a message into the buffer; blocks while too many are unacknowledged. */
  public void publish(byte[] topic, byte[] contentType, byte[] payload)
      throws IOException, InterruptedException {
    if (!room.tryAcquire()) {
      flush();
      room.acquire();
    }
    if (buffer.remaining() < PACKET_BYTES_MAX) {
      flush();
    }
    packetId = packetId % 0xFFFF + 1;
    published++;
    Packets.publish(buffer, topic, packetId, contentType, payload);
  }

  /** Publishes one text now. */
  public void publish(String topic, String contentType, String payload)
      throws IOException, InterruptedException {
    publish(
        topic.getBytes(StandardCharsets.UTF_8),
        contentType.getBytes(StandardCharsets.UTF_8),
        payload.getBytes(StandardCharsets.UTF_8));
    flush();
  }

  /** Writes what is in the buffer. */
  public void flush() throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** Messages put into the buffer so far. */
  public long published() {
    return published;
  }

  /** Messages the broker acknowledged so far. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** Messages that came so far. */
  public long taken() {
    return taken.get();
  }

  private void read() {
    try {
      while (true) {
        int type = in.readUnsignedByte();
        int length = readLength();
        switch (type & 0xF0) {
          case Packets.PUBACK -> {
            in.skipNBytes(length);
            acknowledged.incrementAndGet();
            room.release();
          }
          case Packets.PUBLISH -> take(type, length);
          default -> in.skipNBytes(length);
        }
      }
    } catch (IOException e) {
      // closed, here or there: whoever counts on more messages will miss them
    }
  }

  private void take(int type, int length) throws IOException {
    int topic = in.readUnsignedShort();
    in.skipNBytes(topic);
    int rest = length - 2 - topic;
    if ((type & 0x06) != 0) {
      Packets.puback(answers, in.readUnsignedShort());
      rest -= 2;
    }
    in.skipNBytes(rest);
    taken.incrementAndGet();
    if (in.available() == 0 || answers.remaining() < 8) {
      out.write(answers.array(), 0, answers.position());
      answers.clear();
    }
  }

  private int readLength() throws IOException {
    int length = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int octet = in.readUnsignedByte();
      length |= (octet & 0x7F) << shift;
      if (octet < 0x80) {
        return length;
      }
    }
    throw new IOException("malformed length");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
