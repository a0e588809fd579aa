package io.medtwin.driver.declared;

import io.medtwin.spi.MessageDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.MessageDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Values of a strap's own stream and of the Heart Rate service, by the shipped profile. */
class PolarH10Test extends MessageDriverContract {

  @Override
  protected MessageDriver driver() {
    return new GattFieldsDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return ShippedProfile.transcripts("polar-h10");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("polar-h10");
  }
}
