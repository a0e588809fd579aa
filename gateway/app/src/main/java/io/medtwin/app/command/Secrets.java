package io.medtwin.app.command;

import java.io.EOFException;
import java.io.IOException;

/** Passwords as a person types them: never an argument, which other users of the machine see. */
final class Secrets {

  private Secrets() {}

  /**
   * Asks for one: without an echo on a terminal, else the next line that comes in.
   *
   * @throws EOFException nothing comes
   */
  static String ask(Environment environment, String prompt) throws IOException {
    var console = System.console();
    if (environment.terminal() && console != null) {
      var typed = console.readPassword("%s: ", prompt);
      if (typed != null) {
        return new String(typed);
      }
    } else {
      var line = environment.in().readLine();
      if (line != null) {
        return line;
      }
    }
    throw new EOFException("expected the " + prompt + " on standard input, nothing came");
  }
}
