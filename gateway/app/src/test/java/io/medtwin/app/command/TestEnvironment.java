package io.medtwin.app.command;

import io.medtwin.app.wiring.Installation;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;

/** A world for commands in which nobody reads and the password is {@code ditto}. */
public final class TestEnvironment {

  private TestEnvironment() {}

  /** That world, in which this is installed. */
  public static Environment of(Installation installation) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Environment(
        installation,
        Map.of("PW", "ditto"),
        InstantSource.system(),
        new SplittableRandom(1),
        new BufferedReader(Reader.nullReader()),
        nowhere,
        nowhere,
        false,
        120,
        40);
  }
}
