/**
 * Captures of links, played through the whole line under their own time: a capture flows in, lines
 * that say what became of it flow out, the same ones each time. Neither a clock nor chance has a
 * say.
 */
@NullMarked
package io.medtwin.app.replay;

import org.jspecify.annotations.NullMarked;
