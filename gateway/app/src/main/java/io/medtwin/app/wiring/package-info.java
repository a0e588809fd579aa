/**
 * From configuration to a running gateway: {@link io.medtwin.app.wiring.Planner} checks it against
 * profiles and plugins, {@link io.medtwin.app.wiring.Gateway} is the one page of constructors.
 */
@NullMarked
package io.medtwin.app.wiring;

import org.jspecify.annotations.NullMarked;
