package io.medtwin.console.access;

/**
 * Opens {@code /metrics} and nothing else, for as long as the gateway's file says so.
 *
 * @param text at least {@value #LEAST} characters
 */
public record ScrapeToken(String text) {

  /** Fewer characters could be guessed: guesses are not throttled. */
  public static final int LEAST = 20;

  public ScrapeToken {
    if (text.length() < LEAST) {
      throw new IllegalArgumentException("a scrape token has at least " + LEAST + " characters");
    }
  }

  /** Whether that is it, in the same time whether or not. */
  public boolean is(String said) {
    return Secrets.same(said, text);
  }

  @Override
  public String toString() {
    return "***";
  }
}
