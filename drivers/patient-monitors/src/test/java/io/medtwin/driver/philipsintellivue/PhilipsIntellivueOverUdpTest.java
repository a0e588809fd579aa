package io.medtwin.driver.philipsintellivue;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.Stream;

/** Over UDP: messages without frames; the network checks them. */
class PhilipsIntellivueOverUdpTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new PhilipsIntellivueDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("philips-intellivue-udp");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("philips-intellivue-udp");
  }
}
