package io.medtwin.twin.ledger;

/**
 * What became of the reports of one kind.
 *
 * @param received came in
 * @param delivered confirmed by the backend
 * @param coalesced not told by itself: a newer one took its place before it was sent, it said the
 *     same as what the backend has (within the deadband), it was older than what was known, or it
 *     was an alert or event that had been heard before, with the same time
 * @param pending not confirmed yet; counted from what waits and what is in flight, not calculated
 * @param rejected contradicts the profile, is withheld by it, or was refused by the backend
 * @param expired given up: beyond a limit, or another gateway owns the device
 */
public record Balance(
    long received, long delivered, long coalesced, long pending, long rejected, long expired) {

  /** Nothing came. */
  public static final Balance NONE = new Balance(0, 0, 0, 0, 0, 0);

  /** Whether every report that came is accounted for. */
  public boolean isExact() {
    return received == delivered + coalesced + pending + rejected + expired;
  }

  /** Both together. */
  public Balance plus(Balance other) {
    return new Balance(
        received + other.received,
        delivered + other.delivered,
        coalesced + other.coalesced,
        pending + other.pending,
        rejected + other.rejected,
        expired + other.expired);
  }
}
