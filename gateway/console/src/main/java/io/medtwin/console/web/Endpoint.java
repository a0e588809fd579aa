package io.medtwin.console.web;

import java.io.IOException;

/** Answers requests of one method and path. Any thread; it may wait. */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers.
   *
   * @throws Failure why not
   * @throws IOException what it needs cannot be read or reached
   */
  Reply answer(Call call) throws Failure, IOException;
}
