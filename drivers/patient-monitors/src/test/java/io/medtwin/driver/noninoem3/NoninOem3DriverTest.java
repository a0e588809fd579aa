package io.medtwin.driver.noninoem3;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Formats 2 and 7, whose frames carry a checksum. */
class NoninOem3DriverTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new NoninOem3Driver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("nonin-oem3").filter(transcript -> !transcript.name().equals("format-8"));
  }

  /** A packet is whole when the next one begins. */
  @Override
  protected int bytesThatEndTheFrameBefore() {
    return NoninOem3Codec.FRAME_BYTES;
  }
}
