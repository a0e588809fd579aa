/**
 * Pure functions from what a device said ({@link io.medtwin.twin.Received}) and its profile to what
 * that means ({@link io.medtwin.twin.normalizer.Finding}): coded metric, UCUM unit, validity, time.
 * The only package that sees the UCUM library.
 */
@NullMarked
package io.medtwin.twin.normalizer;

import org.jspecify.annotations.NullMarked;
