package io.medtwin.driver.noninoem3;

import io.medtwin.driver.noninoem3.NoninOem3Codec.PlethFormat;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Nonin OEM III, Xpod, 3150 and 9560 pulse oximeters: RS-232, TTL or Bluetooth serial at 9600 8N1,
 * unasked, in the data format set on the oximeter. Never writes.
 *
 * <p>Format 8 has no checksum: a flipped bit in a number goes unnoticed.
 */
public final class NoninOem3Driver implements StreamDriver {

  private static final Setting<String> FORMAT =
      Setting.choice(
          "format",
          "2",
          List.of("2", "7", "8"),
          "Serial data format set on the oximeter: 2 and 7 carry a plethysmogram, 8 does not");

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "nonin-oem3",
          "0.1.0",
          "Nonin OEM III, Xpod, 3150, 9560 pulse oximeter",
          Set.of(LinkKind.SERIAL, LinkKind.TCP, LinkKind.UDP),
          List.of(FORMAT));

  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(3);

  /**
   * Frames in a row that must fit before format 7, whose frames have no start byte, is believed.
   */
  private static final int FRAMES_IN_A_ROW = 10;

  private static final String NO_FRAME = "no frame here";
  private static final String FRAME_LOSS = "packet with frames missing";

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    switch (session.setting(FORMAT)) {
      case "7" -> readPackets(PlethFormat.FORMAT_7, link, session);
      case "8" -> readRecords(link, session);
      default -> readPackets(PlethFormat.FORMAT_2, link, session);
    }
  }

  private static void readPackets(PlethFormat format, StreamLink link, Session session)
      throws IOException, InterruptedException {
    var state = OximeterState.start();
    var assembly = new PacketAssembly();
    boolean inStep = false;
    int held = 0; // octets of the packet that began: they stay in the link until it is whole
    while (true) {
      if (!inStep && format == PlethFormat.FORMAT_7) {
        findFramesInARow(format, link, session);
      }
      inStep = true;
      var bytes = link.peek(held + NoninOem3Codec.FRAME_BYTES, SILENCE_LIMIT).position(held);
      var frame = NoninOem3Codec.decodeFrame(format, bytes);
      if (frame.isEmpty()) {
        link.skip(held + 1);
        held = 0;
        session.discard(NO_FRAME, 1);
        inStep = false;
        continue;
      }
      held += NoninOem3Codec.FRAME_BYTES;
      var added = assembly.with(frame.get());
      if (added.framesDropped() > 0) {
        session.discard(FRAME_LOSS, added.framesDropped() * NoninOem3Codec.FRAME_BYTES);
      }
      if (added.packet() != null) {
        var step = state.with(added.packet());
        emit(session, step);
        state = step.next();
      }
      assembly = added.next();
      int kept = Math.min(held, assembly.frames().size() * NoninOem3Codec.FRAME_BYTES);
      link.skip(held - kept);
      held = kept;
    }
  }

  private static void readRecords(StreamLink link, Session session)
      throws IOException, InterruptedException {
    var state = OximeterState.start();
    while (true) {
      var bytes = link.peek(NoninOem3Codec.RECORD_BYTES, SILENCE_LIMIT);
      var record = NoninOem3Codec.decodeFormat8(bytes);
      if (record.isEmpty()) {
        link.skip(1);
        session.discard(NO_FRAME, 1);
        continue;
      }
      link.skip(NoninOem3Codec.RECORD_BYTES);
      var step = state.with(record.get());
      emit(session, step);
      state = step.next();
    }
  }

  private static void findFramesInARow(PlethFormat format, StreamLink link, Session session)
      throws IOException, InterruptedException {
    int fitting = 0;
    while (fitting < FRAMES_IN_A_ROW) {
      int end = (fitting + 1) * NoninOem3Codec.FRAME_BYTES;
      var bytes = link.peek(end, SILENCE_LIMIT).position(fitting * NoninOem3Codec.FRAME_BYTES);
      if (NoninOem3Codec.decodeFrame(format, bytes).isPresent()) {
        fitting++;
      } else {
        link.skip(1);
        session.discard(NO_FRAME, 1);
        fitting = 0;
      }
    }
  }

  private static void emit(Session session, OximeterState.Step step) throws InterruptedException {
    for (var report : step.reports()) {
      session.emit(report);
    }
  }
}
