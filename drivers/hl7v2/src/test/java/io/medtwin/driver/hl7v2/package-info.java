@NullMarked
package io.medtwin.driver.hl7v2;

import org.jspecify.annotations.NullMarked;
