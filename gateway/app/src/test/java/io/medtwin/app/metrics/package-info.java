/** Tests of what Prometheus is told, and of the files that are made of it. */
@NullMarked
package io.medtwin.app.metrics;

import org.jspecify.annotations.NullMarked;
