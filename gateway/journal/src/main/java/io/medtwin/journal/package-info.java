/**
 * What came in, in order, kept before anybody is told so. {@link io.medtwin.journal.Entry Entries}
 * of sessions and {@link io.medtwin.journal.Note Notes} of the twin's keeper flow in; once they are
 * on disk they flow on to the keeper, and everything the gateway knows can be told again from them.
 */
@NullMarked
package io.medtwin.journal;

import org.jspecify.annotations.NullMarked;
