/**
 * Who may do what: users with their roles and hashes, sessions, wrong passwords, the one-time code
 * and the token of this machine. Names and secrets flow in, a {@link
 * io.medtwin.console.access.Caller} flows out. Knows nothing of HTTP.
 */
@NullMarked
package io.medtwin.console.access;

import org.jspecify.annotations.NullMarked;
