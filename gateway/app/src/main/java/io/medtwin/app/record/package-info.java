/**
 * What a link carries, written down: a recording flows in, a capture in the form of the driver
 * testkit flows out, without what names a person.
 */
@NullMarked
package io.medtwin.app.record;

import org.jspecify.annotations.NullMarked;
