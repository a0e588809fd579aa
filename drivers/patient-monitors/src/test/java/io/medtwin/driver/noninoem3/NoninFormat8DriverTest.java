package io.medtwin.driver.noninoem3;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Format 8, which has no checksum. */
class NoninFormat8DriverTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new NoninOem3Driver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("nonin-oem3").filter(transcript -> transcript.name().equals("format-8"));
  }

  @Override
  protected boolean checksummed() {
    return false;
  }

  /** A byte with bit 7 set and three without are a record, so noise is of one kind. */
  @Override
  protected byte[] noiseBytes() {
    return new byte[] {0x00, 0x01, 0x10, 0x48, 0x61, 0x7F};
  }
}
