package io.medtwin.testkit;

import io.medtwin.spi.StreamDriver;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StreamDriver} keeps, as numbered rules. A maker's test extends it, names the
 * driver and gives transcripts; a failure names the rule, the transcript, and the seed or the place
 * that shows it again.
 *
 * <pre>{@code
 * class PulseOximeterDriverTest extends StreamDriverContract {
 *   protected StreamDriver driver() { return new PulseOximeterDriver(); }
 *   protected Stream<Transcript> transcripts() { return Transcript.in("pulse-oximeter"); }
 * }
 * }</pre>
 *
 * All damage is seeded, so a run is the same each time. Beside the rules that have a test of their
 * own, every damaged run keeps <b>D13</b>: run ends by returning, or with an {@code IOException} or
 * {@code InterruptedException}; nonsense from a device is discarded, never thrown.
 */
public abstract non-sealed class StreamDriverContract extends DriverContract {

  /** A new instance of the driver under test. */
  @Override
  protected abstract StreamDriver driver();

  @Test
  @DisplayName("D3: readings do not depend on how bytes arrive")
  public final void d03ReadingsDoNotDependOnHowBytesArrive() {
    require(Rule.D3);
  }

  @Test
  @DisplayName("D4: noise costs only the noise, and is counted")
  public final void d04NoiseCostsOnlyTheNoise() {
    require(Rule.D4);
  }

  @Test
  @DisplayName("D5: no single-bit error becomes a wrong reading")
  public final void d05NoSingleBitErrorBecomesAWrongReading() {
    require(Rule.D5);
  }

  @Test
  @DisplayName("D11: nothing goes to the device but declared requests")
  public final void d11TheDriverWritesDeclaredRequestsOnly() {
    require(Rule.D11);
  }

  @Test
  @DisplayName("D12: what is cut off yields nothing wrong")
  public final void d12ATruncatedLastFrameYieldsNothing() {
    require(Rule.D12);
  }
}
