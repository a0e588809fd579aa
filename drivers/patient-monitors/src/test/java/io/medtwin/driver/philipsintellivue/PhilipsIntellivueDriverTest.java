package io.medtwin.driver.philipsintellivue;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Over RS-232, whose frames carry a check. */
class PhilipsIntellivueDriverTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new PhilipsIntellivueDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("philips-intellivue");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("philips-intellivue");
  }
}
