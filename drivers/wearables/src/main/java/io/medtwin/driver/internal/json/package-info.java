/**
 * JSON of devices nobody vouches for: octets flow in, a small tree of bounded depth, size and
 * precision flows out, or one kind of error. The one door to Jackson's JSON parser in this module.
 */
@NullMarked
package io.medtwin.driver.internal.json;

import org.jspecify.annotations.NullMarked;
