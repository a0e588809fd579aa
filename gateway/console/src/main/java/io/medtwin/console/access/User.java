package io.medtwin.console.access;

/**
 * Somebody who may log in.
 *
 * @param name lower case
 * @param role what they may
 * @param hash bcrypt hash of the password
 */
record User(String name, Role role, String hash) {

  @Override
  public String toString() {
    return name + " (" + role.word() + ")";
  }
}
