/** Tests of {@code console.api}. */
@NullMarked
package io.medtwin.console.api;

import org.jspecify.annotations.NullMarked;
