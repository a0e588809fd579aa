package io.medtwin.driver.bbraunbcc;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.stream.Stream;

class BBraunBccDriverTest extends StreamDriverContract {

  @Override
  protected StreamDriver driver() {
    return new BBraunBccDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("bbraun-space");
  }

  /** After noise both ways of stuffing are tried, and a damaged block is asked for again. */
  @Override
  protected Set<ByteBuffer> declaredRequests() {
    var alive = BccRequest.ALIVE.frame(BccRequest.ANY_BED);
    return Set.of(
        ByteBuffer.wrap(BccCodec.encode(alive, Stuffing.ON)),
        ByteBuffer.wrap(BccCodec.encode(alive, Stuffing.OFF)),
        ByteBuffer.wrap(new byte[] {BccCodec.NAK}));
  }
}
