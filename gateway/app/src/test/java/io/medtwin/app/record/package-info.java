@NullMarked
package io.medtwin.app.record;

import org.jspecify.annotations.NullMarked;
