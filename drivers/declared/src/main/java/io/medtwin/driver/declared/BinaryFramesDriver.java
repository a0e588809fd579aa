package io.medtwin.driver.declared;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Devices that send binary frames by themselves, found by the setting {@code frame} and read by the
 * declaration in the setting {@code fields}. It never writes.
 */
public final class BinaryFramesDriver implements StreamDriver {

  static final Setting<FrameLayout> FRAME =
      Setting.parsed(
          "frame",
          FrameLayout.EMPTY,
          "lines of sync, length, checksum and end, such as: sync 0A FA",
          "How a frame begins, how long it is and what guards it",
          FrameLayout::parse);

  static final Setting<Declaration> FIELDS =
      Declaration.setting(Grammar.FRAMES, "spo2 <- u8 24 unit=% absent=0");

  static final Setting<Duration> SILENCE =
      Setting.duration(
          "silence",
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofHours(24),
          "Silence behind which the link is lost");

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "binary-frames",
          "0.1.0",
          "Devices that send binary frames, declared by their profile",
          Set.of(LinkKind.SERIAL, LinkKind.TCP, LinkKind.UDP),
          List.of(FRAME, FIELDS, SILENCE));

  private final Emission emission = new Emission();
  private int strangeBytes;
  private @Nullable IOException over;

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  /**
   * Reads until the link ends.
   *
   * @throws IllegalArgumentException a setting does not parse; names all its lines
   */
  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    var layout = session.setting(FRAME);
    var declaration = session.setting(FIELDS);
    var silence = session.setting(SILENCE);
    while (true) {
      try {
        next(link, layout, declaration, silence, session);
      } catch (SilenceException | EOFException e) {
        over = over == null ? e : over;
        if (link.available() <= layout.minOctets()) {
          throw over;
        }
        // What looked like a long frame hides whole ones.
        look(link, 1, silence);
        strange(link, "frame cut short", 1, session);
      }
    }
  }

  private void next(
      StreamLink link,
      FrameLayout layout,
      Declaration declaration,
      Duration silence,
      Session session)
      throws IOException, InterruptedException {
    int octets = frameAt(link, layout, silence, session);
    if (octets == 0) {
      return;
    }
    var frame = look(link, octets, silence);
    var problem = layout.problem(frame);
    if (problem == null) {
      take(link, frame, layout, declaration, session);
    } else {
      // A frame may begin inside of what looked like one.
      strange(link, problem, 1, session);
    }
  }

  /** As {@link StreamLink#peek}, but does not wait again once the link fell silent or ended. */
  private ByteBuffer look(StreamLink link, int count, Duration silence)
      throws IOException, InterruptedException {
    if (over != null && link.available() < count) {
      throw over;
    }
    return link.peek(count, silence);
  }

  /** Octets of the frame that begins here, or 0 after something else was skipped. */
  private int frameAt(StreamLink link, FrameLayout layout, Duration silence, Session session)
      throws IOException, InterruptedException {
    var first = look(link, Math.max(1, layout.sync().size()), silence);
    int skipped = 0;
    while (skipped < first.remaining() && !layout.begins(first, skipped)) {
      skipped++;
    }
    if (skipped > 0) {
      strange(link, "no frame here", skipped, session);
      return 0;
    }
    int octets = layout.octets(look(link, layout.headOctets(), silence));
    if (octets < layout.sync().size()) {
      strange(link, "length of the frame", 1, session);
      return 0;
    }
    return octets;
  }

  private void take(
      StreamLink link,
      ByteBuffer frame,
      FrameLayout layout,
      Declaration declaration,
      Session session)
      throws IOException, InterruptedException {
    int octets = frame.remaining();
    var content = new OctetContent(frame);
    var section = declaration.of(null, content).orElse(null);
    if (section == null) {
      strange(link, "frame of no declared kind", octets, session);
      return;
    }
    var extraction = Extraction.of(section, content);
    link.skip(octets);
    if (!extraction.isForADevice()) {
      session.discard("frame without the id of its device", octets);
      return;
    }
    // Less than half a frame of noise cannot have been one.
    if (strangeBytes * 2 >= layout.minOctets()) {
      emission.interrupt(session);
    }
    strangeBytes = 0;
    if (!section.ignored()) {
      var device = extraction.device();
      emission.tell(
          section,
          extraction,
          device == null ? session : session.device(device),
          device == null ? "" : device,
          false);
    }
  }

  private void strange(StreamLink link, String why, int bytes, Session session)
      throws DeviceException {
    link.skip(bytes);
    session.discard(why, bytes);
    strangeBytes += bytes;
    if (strangeBytes > LineReader.MAX_STRANGE_BYTES) {
      throw new DeviceException(
          "expected a frame of the declaration, got none in "
              + strangeBytes
              + " bytes; check line parameters and the output format of the device");
    }
  }
}
