package io.medtwin.driver.declared;

import io.medtwin.driver.jsonfields.JsonFieldsDriver;
import io.medtwin.spi.MessageDriver;
import io.medtwin.testkit.MessageDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Bodies of the Open mHealth test data, by the shipped profile. */
class JsonOpenMhealthTest extends MessageDriverContract {

  @Override
  protected MessageDriver driver() {
    return new JsonFieldsDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return ShippedProfile.transcripts("json-open-mhealth");
  }

  /** A sensor behind a bridge may be quiet for hours. */
  @Override
  protected boolean endsOnSilence() {
    return false;
  }

  /** A body states what was measured, or nothing. */
  @Override
  protected boolean marksMissingValues() {
    return false;
  }
}
