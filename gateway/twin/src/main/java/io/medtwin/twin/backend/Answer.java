package io.medtwin.twin.backend;

/**
 * What became of a {@link TwinCommand}; the kinds follow the table of statuses that a Ditto server
 * answers with.
 */
public sealed interface Answer {

  /** 200, 201, 204: it is stored. */
  record Stored() implements Answer {}

  /**
   * Policy and thing are there.
   *
   * @param created whether this command made the thing
   * @param storedEpoch {@code features/link/properties/epoch} as stored, 0 where there is none
   * @param storedSeq {@code features/link/properties/seq} as stored, 0 where there is none
   */
  record Provisioned(boolean created, long storedEpoch, long storedSeq) implements Answer {}

  /**
   * What is stored of alerts and events.
   *
   * @param features members of {@code features}; empty where there are none, or none that we may
   *     read
   */
  record Recalled(Patch features) implements Answer {}

  /**
   * 412: what is stored is as new or newer, or nothing would change. Nothing to retry.
   *
   * @param storedEpoch epoch as stored, 0 where it could not be read; higher than ours means that
   *     another gateway owns the device now
   */
  record Outdated(long storedEpoch) implements Answer {}

  /**
   * 400, 413, 415, 422 and other answers that will not change by trying again.
   *
   * @param status HTTP status
   * @param why code and message of the server, without payload
   */
  record Refused(int status, String why) implements Answer {}

  /**
   * 401, 403, 404: no right, or the thing is unknown (Ditto says 404 when it must not tell). A
   * provisioning problem.
   *
   * @param status HTTP status
   * @param why code and message of the server, naming the missing permission where it is known
   */
  record NotProvisioned(int status, String why) implements Answer {}

  /**
   * 408, 424, 429, 5xx, a time-out of our own or no connection: try again later.
   *
   * @param status HTTP status, 0 for no connection
   * @param why what happened
   */
  record Busy(int status, String why) implements Answer {

    private static final int TOO_MANY_REQUESTS = 429;

    /** Whether the command may have taken effect all the same: only a refusal is sure. */
    public boolean mayBeStored() {
      return status != TOO_MANY_REQUESTS;
    }
  }
}
