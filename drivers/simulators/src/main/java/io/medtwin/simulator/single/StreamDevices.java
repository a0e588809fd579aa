package io.medtwin.simulator.single;

import io.medtwin.simulator.device.BroadcastDevice;
import io.medtwin.simulator.device.Corruption;
import io.medtwin.simulator.device.Outlet;
import io.medtwin.simulator.device.SerialEar;
import io.medtwin.simulator.device.SerialOutlet;
import io.medtwin.simulator.device.TcpServerOutlet;
import io.medtwin.simulator.play.Answers;
import io.medtwin.simulator.play.Playback;
import io.medtwin.simulator.pty.VirtualSerialPort;
import io.medtwin.simulator.ward.Reach;
import io.medtwin.spi.LinkKind;
import java.io.IOException;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices on a line of bytes: they play what comes by itself, and answer what they are asked. */
final class StreamDevices {
  private static final Logger LOG = LoggerFactory.getLogger(StreamDevices.class);
  private static final Pattern LINE = Pattern.compile("(\\d{2,7}) (\\S+).*");
  private static final int USUAL_BAUD = 9600;
  private static final String USUAL_FRAME = "8N1";

  private StreamDevices() {}

  static OneDevice tcp(Order order, Where.Tcp tcp) throws IOException {
    var talk = Talk.of(order);
    var outlet = new TcpServerOutlet(tcp.port(), talk.heard());
    talk.on(outlet);
    var address = outlet.address();
    return new Playing(
        order,
        talk,
        outlet,
        new Reach.Tcp(address.getAddress().getHostAddress(), address.getPort()),
        () -> {});
  }

  static OneDevice serial(Order order, Where.Serial serial) throws IOException {
    var talk = Talk.of(order);
    var port =
        serial.path() == null ? VirtualSerialPort.open() : VirtualSerialPort.open(serial.path());
    var outlet = new SerialOutlet(port);
    talk.on(outlet);
    var line = LINE.matcher(order.sheet().wires().getOrDefault(LinkKind.SERIAL, ""));
    boolean stated = line.matches();
    var ear = talk.answers().isEmpty() ? null : SerialEar.on(port, order.id(), talk.heard());
    return new Playing(
        order,
        talk,
        outlet,
        new Reach.Serial(
            port.path(),
            stated ? Integer.parseInt(line.group(1)) : USUAL_BAUD,
            stated ? line.group(2) : USUAL_FRAME),
        () -> {
          if (ear != null) {
            ear.close();
          }
        });
  }

  /** Hears and answers on an outlet that is there a moment later. Any thread. */
  private static final class Talk {
    private final String id;
    private final Answers answers;
    private @Nullable Outlet<byte[]> outlet;

    private Talk(String id, Answers answers) {
      this.id = id;
      this.answers = answers;
    }

    static Talk of(Order order) {
      var answers = new Answers(order.conversation());
      if (answers.isEmpty() && order.conversation().frames().isEmpty()) {
        throw new IllegalArgumentException(
            order.sheet().profile()
                + ": its conversations hold messages, and this wire carries bytes");
      }
      return new Talk(order.id(), answers);
    }

    synchronized void on(Outlet<byte[]> wire) {
      outlet = wire;
    }

    Answers answers() {
      return answers;
    }

    Consumer<byte[]> heard() {
      return this::hear;
    }

    private synchronized void hear(byte[] bytes) {
      var wire = outlet;
      if (wire == null) {
        return;
      }
      try {
        for (byte[] frame : answers.hear(bytes)) {
          wire.send(frame);
        }
      } catch (IOException e) {
        LOG.debug("{}: an answer was lost", id, e);
      }
    }
  }

  /** The whole. */
  private static final class Playing implements OneDevice {
    private final Outlet<byte[]> outlet;
    private final Reach reach;
    private final Runnable closing;
    private final @Nullable BroadcastDevice<byte[]> frames;
    private final String doing;

    Playing(Order order, Talk talk, Outlet<byte[]> outlet, Reach reach, Runnable closing) {
      this.outlet = outlet;
      this.reach = reach;
      this.closing = closing;
      boolean speaks = !order.conversation().frames().isEmpty();
      if (speaks) {
        var playback = Playback.ofFrames(order.conversation(), order.sheet());
        frames =
            BroadcastDevice.ofBytes(
                order.id(),
                playback,
                outlet,
                Corruption.withoutChecksum(new SplittableRandom(order.seed())),
                order.speed());
        doing =
            String.format(
                Locale.ROOT,
                "sends %d frames around and around, %.4g a second",
                order.conversation().frames().size(),
                playback.ticksPerSecond() * order.speed());
      } else {
        frames = null;
        doing = "answers what it is asked, as in its conversations";
      }
    }

    @Override
    public Reach reach() {
      return reach;
    }

    @Override
    public String doing() {
      return doing;
    }

    @Override
    public void start() throws IOException {
      if (frames == null) {
        outlet.plug();
      } else {
        frames.start();
      }
    }

    @Override
    public void close() {
      closing.run();
      if (frames == null) {
        outlet.close();
      } else {
        frames.close();
      }
    }
  }
}
