package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Lines of a Rad-8 and of the Radical family, by the shipped profile. */
class MasimoAscii1Test extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new AsciiLinesDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return ShippedProfile.transcripts("masimo-ascii1");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("masimo-ascii1");
  }
}
