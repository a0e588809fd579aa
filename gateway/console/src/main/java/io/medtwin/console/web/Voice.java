package io.medtwin.console.web;

/** Words a failure. */
@FunctionalInterface
public interface Voice {

  /** As JSON. */
  byte[] say(Failure.Trouble trouble);
}
