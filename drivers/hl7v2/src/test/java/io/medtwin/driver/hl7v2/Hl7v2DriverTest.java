package io.medtwin.driver.hl7v2;

import io.medtwin.spi.MessageDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.MessageDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

class Hl7v2DriverTest extends MessageDriverContract {

  @Override
  protected MessageDriver driver() {
    return new Hl7v2Driver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Stream.of("hl7v2", "pcd-infusion-pump", "pcd-monitor").flatMap(Transcript::in);
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("hl7v2");
  }
}
