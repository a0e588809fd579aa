package io.medtwin.benchmarks.jmh;

import io.medtwin.benchmarks.load.Traffic;
import io.medtwin.driver.alarisasena.AsenaCodec;
import io.medtwin.driver.alarisasena.AsenaFrame;
import io.medtwin.driver.alarisasena.Decoded;
import io.medtwin.driver.gattvitals.GattException;
import io.medtwin.driver.gattvitals.HeartRate;
import io.medtwin.driver.ivy450c.AnsarBCodec;
import io.medtwin.driver.ivy450c.AnsarBMessage;
import io.medtwin.driver.noninoem3.NoninOem3Codec;
import io.medtwin.driver.noninoem3.NoninOem3Codec.PlethFormat;
import io.medtwin.driver.noninoem3.PlethFrame;
import io.medtwin.driver.senml.Senml;
import io.medtwin.driver.senml.SenmlException;
import io.medtwin.driver.senml.SenmlFormat;
import io.medtwin.driver.senml.SenmlNames;
import io.medtwin.driver.senml.SenmlRecord;
import io.medtwin.simulator.bedside.EcgMonitor;
import io.medtwin.simulator.physiology.Patient;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From bytes to records, one frame or message an operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

  private static final long MICROS = 1_795_000_000_123_456L;

  private final ByteBuffer asena =
      ByteBuffer.wrap(AsenaCodec.encode(AsenaFrame.of("INF", "INFUSING", "8.7", "0.031", "50.0")));
  private final ByteBuffer ivy = ByteBuffer.wrap(new EcgMonitor(new Patient(1)).at(17));
  private final ByteBuffer nonin =
      ByteBuffer.wrap(
          NoninOem3Codec.encodeFrame(
              PlethFormat.FORMAT_2, new PlethFrame(PlethFrame.ALWAYS, 90, 97)));
  private final ByteBuffer gatt = ByteBuffer.wrap(HeartRate.of(81).encode());
  private final byte[] senmlJson = Traffic.pack("d00042", 12_345, MICROS);
  private final byte[] senmlCbor;

  /** Makes the messages. */
  public CodecBenchmark() {
    try {
      senmlCbor = Senml.write(Senml.parse(senmlJson, SenmlFormat.JSON), SenmlFormat.CBOR);
    } catch (SenmlException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A frame of a syringe pump, with its CRC. */
  @Benchmark
  public Decoded asenaFrame() {
    return AsenaCodec.decode(asena.duplicate());
  }

  /** A second of an ECG monitor, its waveforms too. */
  @Benchmark
  public Optional<AnsarBMessage> ivySecond() {
    return AnsarBCodec.decode(ivy.duplicate());
  }

  /** One of 75 frames a second of an oximeter. */
  @Benchmark
  public Optional<PlethFrame> noninFrame() {
    return NoninOem3Codec.decodeFrame(PlethFormat.FORMAT_2, nonin.duplicate());
  }

  /** A heart rate measurement, 2A37. */
  @Benchmark
  public HeartRate gattHeartRate() throws GattException {
    return HeartRate.decode(gatt.duplicate());
  }

  /** A pack of three records in JSON, base fields applied: a message of W1. */
  @Benchmark
  public List<SenmlRecord> senmlJson() throws SenmlException {
    return Senml.resolve(Senml.parse(senmlJson, SenmlFormat.JSON), SenmlNames.STANDARD);
  }

  /** The same in CBOR. */
  @Benchmark
  public List<SenmlRecord> senmlCbor() throws SenmlException {
    return Senml.resolve(Senml.parse(senmlCbor, SenmlFormat.CBOR), SenmlNames.STANDARD);
  }
}
