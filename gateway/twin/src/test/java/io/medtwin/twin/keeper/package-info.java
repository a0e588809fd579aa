@NullMarked
package io.medtwin.twin.keeper;

import org.jspecify.annotations.NullMarked;
