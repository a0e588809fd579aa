@NullMarked
package io.medtwin.app.wiring;

import org.jspecify.annotations.NullMarked;
