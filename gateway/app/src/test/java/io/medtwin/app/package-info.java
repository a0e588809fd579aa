@NullMarked
package io.medtwin.app;

import org.jspecify.annotations.NullMarked;
