package io.medtwin.driver.ivy450c;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

class Ivy450CDriverTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new Ivy450CDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("ivy-450c");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("ivy-450c");
  }
}
