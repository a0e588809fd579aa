@NullMarked
package io.medtwin.runtime.session;

import org.jspecify.annotations.NullMarked;
