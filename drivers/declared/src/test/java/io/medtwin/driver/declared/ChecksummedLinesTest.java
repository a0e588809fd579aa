package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.Map;
import java.util.stream.Stream;

/** Lines with start mark and checksum: not one flipped bit becomes a reading. */
class ChecksummedLinesTest extends StreamDriverContract {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "start",
          "STX",
          "end",
          "ETX",
          "checksum",
          "sum8 complement=ones",
          "fields",
          """
          line values like="#C;d*;r*"
          device <- columns 1-1
          rate <- part 1 base=16 unit=mL/h scale=0.1
          volume-infused <- part 2 base=16 unit=mL scale=0.001 absent=FFFF
          line refused like="#I;*"
          event refused <- part 1 on=*
          """);

  @Override
  protected StreamDriver driver() {
    return new AsciiLinesDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("checksummed-lines").map(one -> ShippedProfile.with(SETTINGS, one));
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("checksummed-lines");
  }
}
