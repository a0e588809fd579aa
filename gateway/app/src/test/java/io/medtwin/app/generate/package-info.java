@NullMarked
package io.medtwin.app.generate;

import org.jspecify.annotations.NullMarked;
