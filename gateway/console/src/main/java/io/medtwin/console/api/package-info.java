/**
 * What the console tells, as JSON: snapshots of the line flow in, answers and events flow out.
 * Pure, but for what it asks the line.
 */
@NullMarked
package io.medtwin.console.api;

import org.jspecify.annotations.NullMarked;
