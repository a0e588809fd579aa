package io.medtwin.driver.ivy450c;

import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.Identity;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Ivy Biomedical 450C patient monitor, ANSAR-B output: RS-232 at 9600 8N1, one message a second,
 * unasked. Never writes.
 *
 * <p>The protocol has no checksum: a flipped bit in a wave or a digit goes unnoticed. A message
 * with bytes missing is recognised where its text does not begin in its place.
 */
public final class Ivy450CDriver implements StreamDriver {

  private static final Setting<String> TEMPERATURE_UNIT =
      Setting.choice(
          "temperatureUnit",
          "Cel",
          List.of("Cel", "[degF]"),
          "Unit of T1 and T2 as set on the monitor, which does not send it");

  private static final Setting<String> CARBON_DIOXIDE_UNIT =
      Setting.choice(
          "etco2Unit",
          "mm[Hg]",
          List.of("mm[Hg]", "kPa", "%"),
          "Unit of ETCO2 as set on the monitor, which does not send it");

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "ivy450c-ansarb",
          "0.1.0",
          "Ivy Biomedical 450C patient monitor (ANSAR-B)",
          Set.of(LinkKind.SERIAL, LinkKind.TCP, LinkKind.UDP),
          List.of(TEMPERATURE_UNIT, CARBON_DIOXIDE_UNIT));

  /** Three messages missing: disconnected. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(3);

  private static final String NO_HEADER = "no message here";
  private static final String PERSONAL = "line that may speak of a person";
  private static final String BROKEN = "message broken";

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    var units = new Units(session.setting(TEMPERATURE_UNIT), session.setting(CARBON_DIOXIDE_UNIT));
    var state = IvyState.start();
    boolean identified = false;
    while (true) {
      findHeader(link, session);
      int length = measure(link);
      var bytes = link.peek(length, SILENCE_LIMIT);
      var message = AnsarBCodec.decode(bytes);
      if (message.isEmpty()) {
        int broken = isStart(bytes, length - 1) ? length - 1 : 1;
        link.skip(broken);
        session.discard(BROKEN, broken);
        continue;
      }
      link.skip(length);
      if (!identified) {
        session.emit(Identity.of(Identity.Attribute.PROTOCOL, AnsarBCodec.PROTOCOL));
        identified = true;
      }
      var step = state.with(message.get(), units);
      for (var report : step.reports()) {
        session.emit(report);
      }
      if (step.personalLines() > 0) {
        session.discard(PERSONAL, 0);
      }
      state = step.next();
    }
  }

  private static void findHeader(StreamLink link, Session session)
      throws IOException, InterruptedException {
    while (true) {
      var bytes = link.peek(AnsarBCodec.HEADER_BYTES, SILENCE_LIMIT);
      if (AnsarBCodec.isHeader(bytes)) {
        return;
      }
      link.skip(1);
      session.discard(NO_HEADER, 1);
    }
  }

  /**
   * Bytes through the FEh that ends the message; through the FFh of another message if that comes
   * first; or the most a message may have.
   */
  private static int measure(StreamLink link) throws IOException, InterruptedException {
    int length = AnsarBCodec.HEADER_BYTES;
    while (length < AnsarBCodec.MAX_MESSAGE_BYTES) {
      int known = Math.clamp(link.available(), length + 1, AnsarBCodec.MAX_MESSAGE_BYTES);
      var bytes = link.peek(known, SILENCE_LIMIT);
      while (length < known) {
        int last = Byte.toUnsignedInt(bytes.get(length));
        length++;
        boolean atText = length > AnsarBCodec.TEXT_OFFSET;
        if (last == AnsarBCodec.START || atText && last == AnsarBCodec.END) {
          return length;
        }
      }
    }
    return length;
  }

  private static boolean isStart(ByteBuffer bytes, int index) {
    return Byte.toUnsignedInt(bytes.get(index)) == AnsarBCodec.START;
  }
}
