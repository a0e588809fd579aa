package io.medtwin.console.access;

import java.util.Arrays;
import java.util.Optional;

/** What somebody may do; each role may what those before it may. */
public enum Role {
  /** Sees everything that is shown. */
  VIEWER("viewer"),
  /** Configures and mutes devices, and sees the bytes of one. */
  BIOMED("biomed"),
  /** Says who may what, and takes the bundle. */
  ADMIN("admin");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** As written. */
  public String word() {
    return word;
  }

  /** Whether it may what {@code needed} may. */
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** The role of this word. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
  }
}
