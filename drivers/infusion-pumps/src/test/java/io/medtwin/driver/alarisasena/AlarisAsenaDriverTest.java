package io.medtwin.driver.alarisasena;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

class AlarisAsenaDriverTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new AlarisAsenaDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("alaris-asena-gh");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("alaris-asena-gh");
  }
}
