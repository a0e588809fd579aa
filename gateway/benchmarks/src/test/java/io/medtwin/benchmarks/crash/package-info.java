/** Tests of the crash harness: it must see what it is there for. */
@NullMarked
package io.medtwin.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
