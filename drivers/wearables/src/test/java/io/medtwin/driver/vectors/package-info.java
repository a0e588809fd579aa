/** Test vectors as files, for the tests of all wearable drivers. */
@NullMarked
package io.medtwin.driver.vectors;

import org.jspecify.annotations.NullMarked;
