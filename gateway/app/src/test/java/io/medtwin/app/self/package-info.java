/** Tests of what a gateway says of itself. */
@NullMarked
package io.medtwin.app.self;

import org.jspecify.annotations.NullMarked;
