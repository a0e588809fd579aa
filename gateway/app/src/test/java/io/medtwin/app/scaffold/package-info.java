@NullMarked
package io.medtwin.app.scaffold;

import org.jspecify.annotations.NullMarked;
