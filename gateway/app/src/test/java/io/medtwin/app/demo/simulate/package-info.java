/** Tests of devices that are simulated from their sheets, against the real drivers. */
@NullMarked
package io.medtwin.app.demo.simulate;

import org.jspecify.annotations.NullMarked;
