package io.medtwin.driver.declared;

import io.medtwin.spi.MessageDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.MessageDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Records of the CGM service, by the shipped profile. */
class GattGlucoseCgmTest extends MessageDriverContract {

  @Override
  protected MessageDriver driver() {
    return new GattFieldsDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return ShippedProfile.transcripts("gatt-glucose-cgm");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("gatt-glucose-cgm");
  }
}
