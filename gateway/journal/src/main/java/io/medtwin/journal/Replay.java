package io.medtwin.journal;

/**
 * Takes in a journal from disk: first each saved state, then entries and notes after it, in the
 * order in which they took effect.
 */
public interface Replay {

  /** A device's state as it was last saved. */
  void saved(Saved state);

  /** An entry that is not in the device's saved state. */
  void entry(Kept entry);

  /** A note that is not in the device's saved state. */
  void note(Note note);

  /**
   * A message that was taken lately, for what its sender may send again; also of those whose
   * reports are in a saved state.
   *
   * @param message as in {@link Received#message}
   */
  void message(long message);

  /**
   * Something could not be read, or is known to be missing.
   *
   * @param why what, for people
   */
  void damaged(String why);
}
