package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
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

  @Override
  protected Declarations declarations() {
    return Declarations.in("harvard-elite11");
  }
}
