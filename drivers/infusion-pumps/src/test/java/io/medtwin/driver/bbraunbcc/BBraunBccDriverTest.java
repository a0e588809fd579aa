package io.medtwin.driver.bbraunbcc;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

class BBraunBccDriverTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new BBraunBccDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("bbraun-space");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("bbraun-space");
  }
}
