@NullMarked
package io.medtwin.app.replay;

import org.jspecify.annotations.NullMarked;
