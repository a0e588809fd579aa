/** Tests of links over wires: pieces flow in, looks flow out. */
@NullMarked
package io.medtwin.spi.transport;

import org.jspecify.annotations.NullMarked;
