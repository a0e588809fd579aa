package io.medtwin.driver.declared;

import io.medtwin.driver.jsonfields.JsonFieldsDriver;
import io.medtwin.spi.MessageDriver;
import io.medtwin.testkit.Declarations;
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

  @Override
  protected Declarations declarations() {
    return Declarations.in("json-open-mhealth");
  }
}
