package io.medtwin.testkit;

/**
 * How much is tried.
 *
 * @param dayFrames frames or messages of the simulated day (D21), one for each second
 * @param mutationsShort of the short run (D22)
 * @param mutations of the long run (D23); 0 if it is not asked for
 * @param seed of both runs of mutations
 * @param only what is looked at; the rest is passed over
 */
public record Effort(int dayFrames, long mutationsShort, long mutations, long seed, Focus only) {

  /** Mutations of D22 in a report. */
  public static final long MUTATIONS_SHORT = 20_000;

  /** Mutations that D23 asks for at least. */
  public static final long MUTATIONS_LONG = 10_000_000;

  /** A day, a frame a second. */
  public static final int DAY_FRAMES = 86_400;

  /** What a build can wait for: half an hour of the day, and some mutations. */
  static final int BUILD_FRAMES = 1_800;

  private static final long BUILD_MUTATIONS = 3_000;

  /** For a build. */
  public static Effort ofBuild() {
    return new Effort(BUILD_FRAMES, BUILD_MUTATIONS, 0, 1, Focus.ALL);
  }

  /**
   * What is looked at.
   *
   * @param transcript name of the only transcript; empty for all
   * @param place the only place of damage; empty for all
   */
  public record Focus(String transcript, String place) {

    /** Everything. */
    public static final Focus ALL = new Focus("", "");

    boolean skips(Conversation conversation) {
      return !transcript.isEmpty() && !transcript.equals(conversation.name());
    }

    boolean skips(String otherPlace) {
      return !place.isEmpty() && !place.equals(otherPlace);
    }
  }
}
