@NullMarked
package io.medtwin.runtime.plugin;

import org.jspecify.annotations.NullMarked;
