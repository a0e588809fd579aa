/**
 * The one thread that owns all twins. Reports, link changes and answers flow in through a bounded
 * queue; commands flow out to the backend, and immutable views to whoever shows them.
 */
@NullMarked
package io.medtwin.twin.keeper;

import org.jspecify.annotations.NullMarked;
