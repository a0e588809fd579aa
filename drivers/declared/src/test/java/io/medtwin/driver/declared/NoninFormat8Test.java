package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Records of format 8, by the shipped profile. */
class NoninFormat8Test extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new BinaryFramesDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return ShippedProfile.transcripts("nonin-format8");
  }

  /** The protocol has none: a flipped bit in a digit goes unnoticed. */
  @Override
  protected boolean checksummed() {
    return false;
  }

  /** Any octet with bit 7 and three without it are a record. */
  @Override
  protected byte[] noiseBytes() {
    return new byte[] {0, 1, 0x10, 0x40, 0x48, 0x61, 0x7F};
  }
}
