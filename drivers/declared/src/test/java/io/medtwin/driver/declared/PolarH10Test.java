package io.medtwin.driver.declared;

import io.medtwin.spi.MessageDriver;
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

  /** A sensor behind a bridge may be quiet for hours. */
  @Override
  protected boolean endsOnSilence() {
    return false;
  }

  /** An ECG notification holds as many samples as there is room for; a cut one holds fewer. */
  @Override
  protected boolean showsTruncation() {
    return false;
  }
}
