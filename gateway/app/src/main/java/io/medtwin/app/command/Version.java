package io.medtwin.app.command;

import java.io.IOException;
import picocli.CommandLine.IVersionProvider;

/** What {@code medtwin --version} says. */
record Version(Environment environment) implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "medtwin " + environment.installation().version() + " on Java " + Runtime.version().feature()
    };
  }
}
