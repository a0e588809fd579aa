package io.medtwin.driver.noninoem3;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

class NoninOem3DriverTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new NoninOem3Driver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("nonin-oem3");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("nonin-oem3");
  }
}
