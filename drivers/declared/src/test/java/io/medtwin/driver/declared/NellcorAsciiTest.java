package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Lines recorded from an N-560, by the shipped profile. */
class NellcorAsciiTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new AsciiLinesDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return ShippedProfile.transcripts("nellcor-ascii");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("nellcor-ascii");
  }
}
