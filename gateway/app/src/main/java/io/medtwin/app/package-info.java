/**
 * The gateway as a program: a YAML file and a command line flow in; plugins, transports, sessions,
 * keeper and backend are built from them, one page of constructors. The only module that reads the
 * clock, the environment, or exits.
 */
@NullMarked
package io.medtwin.app;

import org.jspecify.annotations.NullMarked;
