package io.medtwin.driver.philipsintellivue;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Over UDP: messages without frames; the network checks them. */
class PhilipsIntellivueOverUdpTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new OverUdp();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("philips-intellivue-udp");
  }

  /** The check is UDP's own, below the driver. */
  @Override
  protected boolean checksummed() {
    return false;
  }

  /** Without those that a message may begin with: behind them a length would be read. */
  @Override
  protected byte[] noiseBytes() {
    var bytes =
        IntStream.range(0, 256)
            .filter(value -> !"\u0000\t\n\f\r\u000e\u0019\u00e1".contains((char) value + ""))
            .toArray();
    var noise = new byte[bytes.length];
    IntStream.range(0, bytes.length).forEach(i -> noise[i] = (byte) bytes[i]);
    return noise;
  }
}
