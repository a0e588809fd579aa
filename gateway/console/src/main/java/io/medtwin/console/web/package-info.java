/**
 * The door to Jetty: routes, files and limits flow in; requests come out of it as {@link
 * io.medtwin.console.web.Call}s and go back as {@link io.medtwin.console.web.Reply}s. Knows nothing
 * of gateways and users.
 */
@NullMarked
package io.medtwin.console.web;

import org.jspecify.annotations.NullMarked;
