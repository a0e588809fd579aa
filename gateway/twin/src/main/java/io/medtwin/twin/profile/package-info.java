/**
 * What one device model's readings mean. A YAML file flows in, a {@link
 * io.medtwin.twin.profile.Profile} flows out: the dictionary between a driver's parameters and the
 * metrics of the twin.
 */
@NullMarked
package io.medtwin.twin.profile;

import org.jspecify.annotations.NullMarked;
