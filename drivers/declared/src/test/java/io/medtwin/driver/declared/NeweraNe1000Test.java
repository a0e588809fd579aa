package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Answers of the NE-1000 manual, by the shipped profile. */
class NeweraNe1000Test extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new AsciiLinesDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return ShippedProfile.transcripts("newera-ne1000");
  }

  /** The protocol has none: a flipped bit in a digit goes unnoticed. */
  @Override
  protected boolean checksummed() {
    return false;
  }

  /** The pump has none. */
  @Override
  protected boolean marksMissingValues() {
    return false;
  }

  /** Noise with the start mark in it could be an answer: in basic mode nothing guards one. */
  @Override
  protected byte[] noiseBytes() {
    return new byte[] {0, 1, 4, 7, 0x1B, 0x7F, (byte) 0x80, (byte) 0xFF, 'x', '#', ' '};
  }
}
