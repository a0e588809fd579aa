package io.medtwin.console.web;

/** Turns away requests before anything answers them, files included. */
@FunctionalInterface
public interface Gate {

  /**
   * Lets a request through.
   *
   * @throws Failure why not
   */
  void check(Call call) throws Failure;
}
