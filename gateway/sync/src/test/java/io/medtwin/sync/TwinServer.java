package io.medtwin.sync;

import java.net.URI;

/**
 * A Ditto server to test against.
 *
 * @param base HTTP base address without a trailing slash
 * @param user basic authentication
 * @param password of that user
 * @param subject what the server takes that user for in policies
 */
record TwinServer(URI base, String user, String password, String subject) {

  @Override
  public String toString() {
    return base.toString();
  }
}
