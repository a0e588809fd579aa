/**
 * The crash harness: seeded rounds in which a real gateway process is killed and its journal,
 * backend, broker and clock are made to fail, and a judge that knows what every device was
 * promised. A seed flows in; one line a round and violations flow out.
 */
@NullMarked
package io.medtwin.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
