package io.medtwin.console.web;

import java.util.Optional;

/** One request. */
public interface Call {

  /** {@code GET}, {@code HEAD}, {@code POST}, {@code PUT}, {@code DELETE}. */
  String method();

  /** Path as sent, decoded once. */
  String path();

  /** A part of the path that the route names {@code {name}}. */
  String part(String name);

  /** A parameter of the query. */
  Optional<String> query(String name);

  /** A header. */
  Optional<String> header(String name);

  /** A cookie. */
  Optional<String> cookie(String name);

  /** Address of whoever asks, or of the proxy before them. */
  String address();

  /**
   * Whether the request was made at this machine, for this machine: by a loopback address, for a
   * loopback name, and through no proxy.
   */
  boolean isLocal();

  /** Whether it names this machine by a loopback name. */
  boolean isForLoopback();

  /** The body, {@link Limits#BODY_BYTES} at most. */
  byte[] body();
}
