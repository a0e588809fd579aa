package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
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

  @Override
  protected Declarations declarations() {
    return Declarations.in("nonin-format8");
  }
}
