package io.medtwin.app.command;

import io.medtwin.app.wiring.Installation;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the program is given by the system it runs on; tests give something else.
 *
 * @param installation where it is installed
 * @param variables environment variables
 * @param clock the system's clock
 * @param random for jitter
 * @param in what a person types
 * @param out results
 * @param err messages
 * @param terminal whether {@code out} is a terminal
 * @param columns width of the terminal
 * @param rows height of the terminal
 */
public record Environment(
    Installation installation,
    Map<String, String> variables,
    InstantSource clock,
    RandomGenerator random,
    BufferedReader in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    int columns,
    int rows) {}
