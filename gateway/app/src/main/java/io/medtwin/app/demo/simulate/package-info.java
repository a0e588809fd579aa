/**
 * {@code medtwin simulate}: a profile or the sheet generated from it flows in; that device on a
 * real wire, and the lines of a gateway file that reach it, flow out. Absent in production.
 */
@NullMarked
package io.medtwin.app.demo.simulate;

import org.jspecify.annotations.NullMarked;
