package io.medtwin.twin.ledger;

import java.util.List;
import java.util.Map;

/**
 * The ledger of one device at one moment.
 *
 * @param device configured id
 * @param thingId its thing in Ditto
 * @param epoch ownership counter of its writes
 * @param seq counter of its writes within the epoch
 * @param balances by line, lines without reports left out
 * @param gaps the latest gaps, oldest first
 * @param gapsBefore how many gaps there were before those
 */
public record Account(
    String device,
    String thingId,
    long epoch,
    long seq,
    Map<String, Balance> balances,
    List<Gap> gaps,
    long gapsBefore) {

  /** All lines together. */
  public Balance total() {
    return balances.values().stream().reduce(Balance.NONE, Balance::plus);
  }

  /** Whether every line is exact. */
  public boolean isExact() {
    return balances.values().stream().allMatch(Balance::isExact);
  }
}
