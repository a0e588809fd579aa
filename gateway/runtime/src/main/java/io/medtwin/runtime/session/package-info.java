/**
 * One session per link, kept alive: a {@link io.medtwin.runtime.session.SessionPlan} flows in; the
 * transport is opened, the driver run, its reports stamped and handed to the keeper; a lost link is
 * opened again after a pause.
 */
@NullMarked
package io.medtwin.runtime.session;

import org.jspecify.annotations.NullMarked;
