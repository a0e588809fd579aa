/**
 * Ditto protocol envelopes as text: text flows in and commands out, replies and changes flow in and
 * text out.
 */
@NullMarked
package io.medtwin.ditto.embedded.internal.protocol;

import org.jspecify.annotations.NullMarked;
