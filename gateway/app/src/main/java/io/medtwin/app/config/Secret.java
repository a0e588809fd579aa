package io.medtwin.app.config;

/**
 * A password or key; never printed.
 *
 * @param value the secret itself
 */
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
