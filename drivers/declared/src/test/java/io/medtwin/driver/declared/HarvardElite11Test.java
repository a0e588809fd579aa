package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Dialogues recorded from a Pump 11 Elite, by the shipped profile. */
class HarvardElite11Test extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new AsciiLinesDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return ShippedProfile.transcripts("harvard-elite11");
  }

  /** The protocol has none: a flipped bit in a digit goes unnoticed. */
  @Override
  protected boolean checksummed() {
    return false;
  }

  /** Without a start mark printable noise joins the line behind it and costs that line. */
  @Override
  protected byte[] noiseBytes() {
    return new byte[] {
      0, 1, 2, 3, 7, 8, 0x1B, 0x7F, (byte) 0x80, (byte) 0xAA, (byte) 0xFE, (byte) 0xFF
    };
  }

  /** The pump has none: it answers with a number or with a sentence. */
  @Override
  protected boolean marksMissingValues() {
    return false;
  }
}
