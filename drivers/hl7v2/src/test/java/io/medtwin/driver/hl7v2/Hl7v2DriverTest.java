package io.medtwin.driver.hl7v2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.testkit.MessageDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class Hl7v2DriverTest extends MessageDriverContract {

  /** An acknowledgement and nothing else: two segments, or three with the error. */
  private static final Pattern ACKNOWLEDGEMENT =
      Pattern.compile(
          "MSH(.)\\S{4}\\1[^\\r]*\\1ACK[^\\r]*\\rMSA\\1[AC][AER]\\1[^\\r]+\\r(ERR\\1[^\\r]+\\r)?");

  @Override
  protected MessageDriver driver() {
    return new Hl7v2Driver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Stream.of("hl7v2", "pcd-infusion-pump", "pcd-monitor").flatMap(Transcript::in);
  }

  /** A rack without pumps is silent, and whether it is there is the transport's to know. */
  @Override
  protected boolean endsOnSilence() {
    return false;
  }

  /**
   * A message has no length, and many senders leave out its last carriage return. What shows a cut
   * is the end of the frame: MLLP hands on whole messages only.
   */
  @Override
  protected boolean showsTruncation() {
    return false;
  }

  @Override
  protected boolean maySend(Message message) {
    return ACKNOWLEDGEMENT.matcher(new String(message.bytes(), ISO_8859_1)).matches();
  }
}
