package io.medtwin.driver.declared;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.util.Map;
import java.util.stream.Stream;

/** Frames with a length of their own and a CRC: not one flipped bit becomes a reading. */
class ChecksummedFramesTest extends StreamDriverContract {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "frame",
          """
          sync 02
          length u8 1 plus=1
          checksum crc16-xmodem at=-3 over=2..-4
          end 03
          """,
          "fields",
          """
          frame alarm if=ascii:4:A
          event alarm <- ascii 6 on=*
          absent malfunction <- u8 4 on=65 of=address
          address <- u8 3 unit=1
          frame status length=8
          state <- ascii 4 as=code codes=S:stopped
          address <- u8 3 unit=1 offset=-48
          """);

  @Override
  protected StreamDriver driver() {
    return new BinaryFramesDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("checksummed-frames").map(one -> ShippedProfile.with(SETTINGS, one));
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("checksummed-frames");
  }
}
