package io.medtwin.benchmarks.crash;

/** What goes wrong in a round, beside the kill that every round has. */
enum Fault {
  /** Nothing else. */
  NONE("kill"),
  /** Killed again while it starts. */
  KILL_AGAIN("kill-twice"),
  /** The log ends in the middle of a write. */
  TORN_LOG("torn-log"),
  /** Bits at the log's end are others. */
  FLIPPED_LOG("flipped-log"),
  /** The database file ends too early. */
  TORN_DATABASE("torn-database"),
  /** Bits at the database file's end are others. */
  FLIPPED_DATABASE("flipped-database"),
  DISK_FULL("disk-full"),
  READ_ONLY("read-only"),
  /** The backend answers 429. */
  TOO_MANY("backend-429"),
  /** The backend answers 503. */
  UNAVAILABLE("backend-503"),
  /** The backend neither does nor answers. */
  HANG("backend-hang"),
  /** The backend does and does not answer. */
  ANSWERS_LOST("backend-answers-lost"),
  /** Nothing comes from the backend on an open connection. */
  HALF_OPEN("backend-half-open"),
  BACKEND_CUT("backend-cut"),
  BACKEND_GONE("backend-gone"),
  BROKER_RESTART("broker-restart"),
  BROKER_GONE("broker-gone"),
  /** What the gateway says does not reach the broker, which says everything again. */
  BROKER_ACKS_LOST("broker-acks-lost"),
  CLOCK_BACK("clock-back"),
  CLOCK_AHEAD("clock-ahead");

  private final String word;

  Fault(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** Whether it takes what was safe. */
  boolean damages() {
    return switch (this) {
      case TORN_LOG, FLIPPED_LOG, TORN_DATABASE, FLIPPED_DATABASE -> true;
      case NONE,
          KILL_AGAIN,
          DISK_FULL,
          READ_ONLY,
          TOO_MANY,
          UNAVAILABLE,
          HANG,
          ANSWERS_LOST,
          HALF_OPEN,
          BACKEND_CUT,
          BACKEND_GONE,
          BROKER_RESTART,
          BROKER_GONE,
          BROKER_ACKS_LOST,
          CLOCK_BACK,
          CLOCK_AHEAD ->
          false;
    };
  }

  /** Whether it begins while the gateway still runs. */
  boolean beginsBeforeKill() {
    return switch (this) {
      case DISK_FULL,
          TOO_MANY,
          UNAVAILABLE,
          HANG,
          ANSWERS_LOST,
          HALF_OPEN,
          BACKEND_CUT,
          BACKEND_GONE,
          BROKER_RESTART,
          BROKER_GONE,
          BROKER_ACKS_LOST ->
          true;
      case NONE,
          KILL_AGAIN,
          TORN_LOG,
          FLIPPED_LOG,
          TORN_DATABASE,
          FLIPPED_DATABASE,
          READ_ONLY,
          CLOCK_BACK,
          CLOCK_AHEAD ->
          false;
    };
  }

  /** Whether a gateway that starts under it may be slow to be live. */
  boolean holdsUpRestart() {
    return switch (this) {
      case DISK_FULL,
          READ_ONLY,
          TOO_MANY,
          UNAVAILABLE,
          HANG,
          HALF_OPEN,
          BACKEND_CUT,
          BACKEND_GONE,
          BROKER_GONE,
          BROKER_ACKS_LOST,
          ANSWERS_LOST ->
          true;
      case NONE,
          KILL_AGAIN,
          TORN_LOG,
          FLIPPED_LOG,
          TORN_DATABASE,
          FLIPPED_DATABASE,
          BROKER_RESTART,
          CLOCK_BACK,
          CLOCK_AHEAD ->
          false;
    };
  }
}
