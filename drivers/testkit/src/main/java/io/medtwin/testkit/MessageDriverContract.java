package io.medtwin.testkit;

import io.medtwin.spi.MessageDriver;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MessageDriver} keeps, as numbered rules; rules of the same number mean the same
 * as in {@link StreamDriverContract}. Transcripts send messages ({@code message} and {@code <}
 * lines); after the reports they list what the driver refuses ({@code = refused MALFORMED}).
 *
 * <p>All damage is seeded, so a run is the same each time. Beside the rules that have a test of
 * their own, every damaged run keeps <b>D13</b>: nonsense is refused or discarded, never thrown.
 */
public abstract non-sealed class MessageDriverContract extends DriverContract {

  /** A new instance of the driver under test. */
  @Override
  protected abstract MessageDriver driver();

  @Test
  @DisplayName("D4: noise costs only the noise, and is counted")
  public final void d04NonsenseCostsOnlyItself() {
    require(Rule.D4);
  }

  @Test
  @DisplayName("D11: nothing goes to the device but declared requests")
  public final void d11TheDriverSendsDeclaredMessagesOnly() {
    require(Rule.D11);
  }

  @Test
  @DisplayName("D12: what is cut off yields nothing wrong")
  public final void d12ATruncatedMessageYieldsNothingWrong() {
    require(Rule.D12);
  }

  @Test
  @DisplayName("D14: 1 MiB of nonsense costs only itself")
  public final void d14AHugeMessageCostsOnlyItself() {
    require(Rule.D14);
  }
}
