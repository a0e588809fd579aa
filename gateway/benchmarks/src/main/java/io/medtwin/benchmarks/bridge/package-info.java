/** The rival beside every run: the same clients, and nothing between them. */
@NullMarked
package io.medtwin.benchmarks.bridge;

import org.jspecify.annotations.NullMarked;
