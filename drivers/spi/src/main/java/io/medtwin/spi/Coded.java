package io.medtwin.spi;

/**
 * One word of a list that the protocol defines.
 *
 * @param code the word as the driver names it, lower case with dashes ({@code infusing})
 */
public record Coded(String code) implements Value {
  public Coded {
    if (code.isBlank()) {
      throw new IllegalArgumentException("a coded value needs a code; use Absent for none");
    }
  }
}
