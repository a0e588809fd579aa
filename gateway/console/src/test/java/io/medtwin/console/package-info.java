/** Tests of the console. */
@NullMarked
package io.medtwin.console;

import org.jspecify.annotations.NullMarked;
