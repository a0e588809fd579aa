/**
 * One device on one wire: a sheet, conversations and a place to be reached flow in; a running
 * device and the way to it flow out.
 */
@NullMarked
package io.medtwin.simulator.single;

import org.jspecify.annotations.NullMarked;
