@NullMarked
package io.medtwin.simulator.hl7;

import org.jspecify.annotations.NullMarked;
