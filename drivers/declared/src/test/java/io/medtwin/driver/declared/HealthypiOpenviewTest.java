package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Frames of the OpenView stream, by the shipped profile. */
class HealthypiOpenviewTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new BinaryFramesDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return ShippedProfile.transcripts("healthypi-openview");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("healthypi-openview");
  }
}
