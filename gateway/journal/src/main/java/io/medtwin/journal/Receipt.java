package io.medtwin.journal;

/** Told what became of an entry. Called by the journal's thread; must not block. */
public interface Receipt {

  /** It and everything appended before it is on disk. */
  void kept();

  /**
   * It is not on disk, and may not be for long; {@link #kept} follows if it is after all.
   *
   * @param why for people
   */
  void notKept(String why);
}
