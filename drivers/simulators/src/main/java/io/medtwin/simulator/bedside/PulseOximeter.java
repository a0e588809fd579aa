package io.medtwin.simulator.bedside;

import io.medtwin.driver.noninoem3.Averages;
import io.medtwin.driver.noninoem3.NoninOem3Codec;
import io.medtwin.driver.noninoem3.NoninOem3Codec.PlethFormat;
import io.medtwin.driver.noninoem3.NoninPacket;
import io.medtwin.driver.noninoem3.PlethFrame;
import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.physiology.Patient;
import java.util.Arrays;

/**
 * A Nonin OEM III oximeter in data format 2: a frame of five bytes 75 times a second, 25 of which
 * carry one table of numbers.
 */
public final class PulseOximeter implements Broadcast<byte[]> {
  /** Tables of numbers in a second. */
  public static final int PACKETS_PER_SECOND = NoninPacket.FRAMES_PER_SECOND / NoninPacket.FRAMES;

  private static final int FIRMWARE = 48;
  private static final int TIMER_MASK = 0x3FFF; // 14 bits, then it begins again
  private static final int PLETH_FOOT = 20;
  private static final int PLETH_SWING = 200;
  private static final int CHECKSUM = NoninOem3Codec.FRAME_BYTES - 1;

  private final Patient patient;
  private long packetNumber = -1;
  private NoninPacket packet;

  /** An oximeter on a finger of {@code patient}. */
  public PulseOximeter(Patient patient) {
    this.patient = patient;
    this.packet = packet(0);
  }

  @Override
  public double ticksPerSecond() {
    return NoninPacket.FRAMES_PER_SECOND;
  }

  @Override
  public byte[] at(long tick) {
    long number = tick / NoninPacket.FRAMES;
    if (number != packetNumber) {
      packet = packet(number);
      packetNumber = number;
    }
    var frame = packet.frames().get((int) (tick % NoninPacket.FRAMES));
    return NoninOem3Codec.encodeFrame(PlethFormat.FORMAT_2, frame);
  }

  /** The same frame with another sum. */
  public static byte[] withWrongChecksum(byte[] frame) {
    frame[CHECKSUM]++;
    return frame;
  }

  private NoninPacket packet(long number) {
    double begin = (number - 1) * NoninPacket.FRAMES / ticksPerSecond();
    var vitals = patient.vitals(begin);
    var pleth = new int[NoninPacket.FRAMES];
    for (int i = 0; i < pleth.length; i++) {
      double height = patient.pleth(begin + i / ticksPerSecond());
      pleth[i] = PLETH_FOOT + (int) Math.round(PLETH_SWING * height);
    }
    var status = new int[NoninPacket.FRAMES];
    Arrays.fill(status, PlethFrame.ALWAYS | PlethFrame.GREEN_PERFUSION);
    var averages =
        Averages.steady(
            (int) Math.round(vitals.heartRate()),
            (int) Math.round(vitals.spo2()),
            FIRMWARE,
            (int) (number & TIMER_MASK),
            true,
            false);
    return NoninPacket.of(averages, pleth, status);
  }
}
