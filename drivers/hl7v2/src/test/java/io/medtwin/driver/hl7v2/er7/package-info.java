@NullMarked
package io.medtwin.driver.hl7v2.er7;

import org.jspecify.annotations.NullMarked;
