package io.medtwin.app.replay;

import io.medtwin.spi.Driver;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.Report;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a driver and its link, and says which bytes each report came of: those that the
 * driver skips right after it told it, while it still looks at them; else those that it skipped
 * since it told the reports before. Of messages, the one that it has. Used by one thread.
 */
final class FrameWatch {

  /** Most bytes of a frame that are kept. */
  private static final int BYTES_KEPT = 64 << 10;

  private final Consumer<Told> told;

  /**
   * A report and the bytes it came of.
   *
   * @param report what the driver said
   * @param at when, by the time of the capture
   * @param offset of the first byte among all that the driver took; of a message, how many came
   *     before
   * @param bytes of the frame
   * @param message address of the message, or empty for bytes
   */
  record Told(Report report, Instant at, long offset, byte[] bytes, String message) {}

  FrameWatch(Consumer<Told> told) {
    this.told = told;
  }

  /** The driver, looked at. */
  Driver around(Driver driver, InstantSource time) {
    return switch (driver) {
      case StreamDriver streams -> new OfBytes(streams, time);
      case MessageDriver messages -> new OfMessages(messages, time);
    };
  }

  /** Takes each report on its way. */
  private interface Emitted {
    void take(Report report);
  }

  private record Watched(Session session, Emitted emitted) implements Session {
    @Override
    public void emit(Report report) throws InterruptedException {
      emitted.take(report);
      session.emit(report);
    }

    @Override
    public void discard(String why, int bytes) {
      session.discard(why, bytes);
    }

    @Override
    public <T> T setting(Setting<T> setting) {
      return session.setting(setting);
    }

    @Override
    public Duration elapsed() {
      return session.elapsed();
    }

    @Override
    public Session device(String id) {
      return new Watched(session.device(id), emitted);
    }
  }

  private final class OfBytes implements StreamDriver {

    private final StreamDriver driver;
    private final InstantSource time;

    OfBytes(StreamDriver driver, InstantSource time) {
      this.driver = driver;
      this.time = time;
    }

    @Override
    public DriverDescriptor descriptor() {
      return driver.descriptor();
    }

    @Override
    public void run(StreamLink link, Session session) throws IOException, InterruptedException {
      Thread.currentThread().setContextClassLoader(driver.getClass().getClassLoader());
      var bytes = new Bytes(link, time);
      driver.run(bytes, new Watched(session, bytes::emitted));
    }
  }

  private final class OfMessages implements MessageDriver {

    private final MessageDriver driver;
    private final InstantSource time;

    OfMessages(MessageDriver driver, InstantSource time) {
      this.driver = driver;
      this.time = time;
    }

    @Override
    public DriverDescriptor descriptor() {
      return driver.descriptor();
    }

    @Override
    public void run(MessageLink link, Session session) throws IOException, InterruptedException {
      Thread.currentThread().setContextClassLoader(driver.getClass().getClassLoader());
      var messages = new Messages(link, time);
      driver.run(messages, new Watched(session, messages::emitted));
    }
  }

  private final class Bytes implements StreamLink {

    private final StreamLink link;
    private final InstantSource time;
    private final List<Report> ahead = new ArrayList<>();
    private ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private @Nullable ByteBuffer look;
    private long frameOffset;
    private long taken;
    private boolean isTold;

    Bytes(StreamLink link, InstantSource time) {
      this.link = link;
      this.time = time;
    }

    void emitted(Report report) {
      if (look != null) {
        ahead.add(report);
      } else {
        isTold = true;
        told.accept(new Told(report, time.instant(), frameOffset, frame.toByteArray(), ""));
      }
    }

    @Override
    public void skip(int count) {
      var seen = look;
      link.skip(count);
      if (seen == null) {
        return;
      }
      var bytes = new byte[Math.min(count, seen.remaining())];
      seen.get(bytes);
      if (!ahead.isEmpty()) {
        ahead.forEach(report -> told.accept(new Told(report, time.instant(), taken, bytes, "")));
        ahead.clear();
        isTold = true;
      }
      if (isTold || frame.size() > BYTES_KEPT) {
        frame = new ByteArrayOutputStream();
        frameOffset = taken;
        isTold = false;
      }
      frame.writeBytes(bytes);
      taken += count;
      look = null;
    }

    @Override
    public ByteBuffer peek(int count, Duration silenceLimit)
        throws IOException, InterruptedException {
      var seen = link.peek(count, silenceLimit);
      look = seen.duplicate();
      return seen;
    }

    @Override
    public ByteBuffer peekThrough(int end, int limit, Duration silenceLimit)
        throws IOException, InterruptedException {
      var seen = link.peekThrough(end, limit, silenceLimit);
      look = seen.duplicate();
      return seen;
    }

    @Override
    public int available() {
      return link.available();
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      link.write(bytes);
    }

    @Override
    public String name() {
      return link.name();
    }

    @Override
    public LinkKind kind() {
      return link.kind();
    }
  }

  private final class Messages implements MessageLink {

    private final MessageLink link;
    private final InstantSource time;
    private @Nullable Message held;
    private long count;

    Messages(MessageLink link, InstantSource time) {
      this.link = link;
      this.time = time;
    }

    void emitted(Report report) {
      var message = held;
      if (message != null) {
        told.accept(
            new Told(report, time.instant(), count - 1, message.bytes(), message.address()));
      }
    }

    @Override
    public Message receive(Duration silenceLimit) throws IOException, InterruptedException {
      held = link.receive(silenceLimit);
      count++;
      return held;
    }

    @Override
    public void reply(Message answer) throws IOException {
      link.reply(answer);
    }

    @Override
    public void reply(@Nullable Message answer, @Nullable Message notSafe) throws IOException {
      link.reply(answer, notSafe);
    }

    @Override
    public void refuse(Refusal refusal, String why) throws IOException {
      link.refuse(refusal, why);
    }

    @Override
    public void refuse(Refusal refusal, String why, Message answer) throws IOException {
      link.refuse(refusal, why, answer);
    }

    @Override
    public void send(Message message) throws IOException, InterruptedException {
      link.send(message);
    }

    @Override
    public String name() {
      return link.name();
    }

    @Override
    public LinkKind kind() {
      return link.kind();
    }
  }
}
