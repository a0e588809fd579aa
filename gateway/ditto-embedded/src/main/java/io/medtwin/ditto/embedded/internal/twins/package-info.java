/**
 * Things and policies and the rules for changing them: commands flow in, replies and changes flow
 * out; no I/O.
 */
@NullMarked
package io.medtwin.ditto.embedded.internal.twins;

import org.jspecify.annotations.NullMarked;
