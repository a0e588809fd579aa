/**
 * Which storage library the journal stands on: append rate, time of a commit, size, kill -9 and
 * reading back, each engine with the same rows. Command line in, tables out.
 */
@NullMarked
package io.medtwin.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
