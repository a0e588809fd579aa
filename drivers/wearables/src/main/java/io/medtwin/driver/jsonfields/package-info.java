/**
 * Makers' JSON, read by a declared list of fields instead of code: messages and a {@link
 * io.medtwin.driver.jsonfields.FieldMap} flow in, readings, alerts, events and presence flow out.
 */
@NullMarked
package io.medtwin.driver.jsonfields;

import org.jspecify.annotations.NullMarked;
