/** What a client of the embedded endpoint sees. */
@NullMarked
package io.medtwin.ditto.embedded;

import org.jspecify.annotations.NullMarked;
