package io.medtwin.benchmarks.coap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Recorder;

/**
 * Posts to {@code /ingest/<device>}, each device from a socket of its own (a message id of 16 bits
 * then lasts long enough). Nothing is sent twice: a missing answer is counted as missing. RFC 7252,
 * chapter 3.
 */
public final class CoapPosts implements AutoCloseable {

  private static final int VERSION_1 = 0x40;
  private static final int NON = 0x10;
  private static final int TOKEN_BYTES = 2;
  private static final int POST = 0x02;
  private static final int URI_PATH = 11;
  private static final int CONTENT_FORMAT = 12;
  private static final int SENML_JSON = 110;
  private static final int CODE_2_04 = 0x44;
  private static final int UNDER_WAY_MAX = 4096;
  private static final int IDS = 1 << 16;

  private final boolean confirmable;
  private final DatagramChannel[] channels;
  private final byte[][] options;
  private final long[][] sentNanos;
  private final int[] ids;
  private final Selector selector;
  private final Semaphore room = new Semaphore(UNDER_WAY_MAX);
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Recorder times = new Recorder(1_000, TimeUnit.MINUTES.toNanos(1), 3);
  private final ByteBuffer out = ByteBuffer.allocateDirect(1500);

  /** Opens a socket for each device. */
  public CoapPosts(int port, boolean confirmable, String[] devices) throws IOException {
    this.confirmable = confirmable;
    selector = Selector.open();
    channels = new DatagramChannel[devices.length];
    options = new byte[devices.length][];
    sentNanos = new long[devices.length][256];
    ids = new int[devices.length];
    var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < devices.length; i++) {
      channels[i] = DatagramChannel.open();
      channels[i].connect(server);
      channels[i].configureBlocking(false);
      channels[i].register(selector, SelectionKey.OP_READ, i);
      options[i] = options(devices[i]);
    }
    Thread.ofPlatform().daemon().name("coap-answers").start(this::read);
  }

  /**
   * Sends a post; where answers are awaited, blocks while 4,096 are missing. One that does not come
   * within five seconds gives its room back.
   */
  public void send(int device, byte[] payload) throws IOException, InterruptedException {
    if (!room.tryAcquire(5, TimeUnit.SECONDS)) {
      room.drainPermits();
      room.release(UNDER_WAY_MAX - 1);
    }
    int id = ids[device] = (ids[device] + 1) % IDS;
    out.clear();
    out.put((byte) (VERSION_1 | (confirmable ? 0 : NON) | TOKEN_BYTES)).put((byte) POST);
    out.putShort((short) id).putShort((short) id); // the token is the id again
    out.put(options[device]).put((byte) 0xFF).put(payload).flip();
    sentNanos[device][id & 0xFF] = System.nanoTime();
    channels[device].write(out);
  }

  private static byte[] options(String device) {
    byte[] ingest = "ingest".getBytes(StandardCharsets.UTF_8);
    byte[] name = device.getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(8 + ingest.length + name.length);
    bytes.put((byte) (URI_PATH << 4 | ingest.length)).put(ingest);
    bytes.put((byte) name.length).put(name); // the same option again: delta 0
    bytes.put((byte) (CONTENT_FORMAT - URI_PATH << 4 | 1)).put((byte) SENML_JSON);
    var exact = new byte[bytes.position()];
    bytes.flip().get(exact);
    return exact;
  }

  private void read() {
    var in = ByteBuffer.allocateDirect(1500);
    try {
      while (true) {
        selector.select(
            key -> {
              try {
                readAll((DatagramChannel) key.channel(), (int) key.attachment(), in);
              } catch (IOException e) {
                // a closed port shows here, once for each post: the answer is missing
              }
            });
        if (!selector.isOpen()) {
          return;
        }
      }
    } catch (IOException | java.nio.channels.ClosedSelectorException e) {
      // closed
    }
  }

  private void readAll(DatagramChannel channel, int device, ByteBuffer in) throws IOException {
    for (in.clear(); channel.read(in) > 0; in.clear()) {
      in.flip();
      int head = in.get(0);
      int code = in.get(1) & 0xFF;
      if (code == 0) {
        continue; // an empty acknowledgement: the answer comes later
      }
      int id = (head & 0x0F) == TOKEN_BYTES ? in.getShort(4) & 0xFFFF : 0;
      if (code == CODE_2_04) {
        answered.incrementAndGet();
        long nanos = System.nanoTime() - sentNanos[device][id & 0xFF];
        times.recordValue(Math.clamp(nanos, 1_000, TimeUnit.MINUTES.toNanos(1)));
      } else {
        refused.incrementAndGet();
      }
      if ((head & 0x30) == 0) { // a confirmable answer wants an acknowledgement
        channel.write(ByteBuffer.wrap(new byte[] {0x60, 0, in.get(2), in.get(3)}));
      }
      room.release();
    }
  }

  /** Posts that were taken. */
  public long answered() {
    return answered.get();
  }

  /** Posts that were answered with another code, such as 5.03. */
  public long refused() {
    return refused.get();
  }

  /** Time from post to 2.04 in microseconds since the last call: p50, p99, p99.9. */
  public String times() {
    var histogram = times.getIntervalHistogram();
    return histogram.getValueAtPercentile(50) / 1000
        + " "
        + histogram.getValueAtPercentile(99) / 1000
        + " "
        + histogram.getValueAtPercentile(99.9) / 1000;
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (DatagramChannel channel : channels) {
      channel.close();
    }
  }
}
