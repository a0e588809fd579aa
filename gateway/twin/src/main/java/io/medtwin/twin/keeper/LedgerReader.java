package io.medtwin.twin.keeper;

import io.medtwin.journal.Journal;
import io.medtwin.journal.Replay;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.normalizer.Units;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Tells the ledgers from a journal alone, whether its gateway runs or not: the same fold as the
 * keeper's.
 */
public final class LedgerReader {

  private LedgerReader() {}

  /**
   * What a journal says.
   *
   * @param accounts a ledger for each device, in the order of the plans
   * @param damages what could not be read
   * @param end where the journal ends
   */
  public record Read(List<Account> accounts, List<String> damages, Journal.End end) {

    /** Whether every line of every ledger is exact. */
    public boolean isExact() {
      return accounts.stream().allMatch(Account::isExact);
    }
  }

  /** Reads a journal by {@code reading}, which plays it into what it is given. */
  public static Read read(
      Collection<DevicePlan> plans,
      Units units,
      Instant now,
      Function<Replay, Journal.End> reading) {
    var lines = new Lines(plans, units, new SplittableRandom(0), now);
    var recovered = new Recovered(lines, now);
    var end = reading.apply(recovered);
    return new Read(
        lines.all().stream().map(DeviceLine::account).toList(), recovered.damages(), end);
  }
}
