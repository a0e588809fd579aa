package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
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

  @Override
  protected Declarations declarations() {
    return Declarations.in("newera-ne1000");
  }
}
