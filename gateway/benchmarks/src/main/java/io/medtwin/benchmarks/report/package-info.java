/**
 * What a benchmark prints: the machine, the command, tables; as markdown or JSON. Pure, but for
 * reading {@code /proc}.
 */
@NullMarked
package io.medtwin.benchmarks.report;

import org.jspecify.annotations.NullMarked;
