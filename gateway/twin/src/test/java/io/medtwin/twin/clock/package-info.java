@NullMarked
package io.medtwin.twin.clock;

import org.jspecify.annotations.NullMarked;
