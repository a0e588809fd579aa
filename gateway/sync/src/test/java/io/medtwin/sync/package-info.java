/** Tests of the door to Ditto, and the contract that every backend of twins must keep. */
@NullMarked
package io.medtwin.sync;

import org.jspecify.annotations.NullMarked;
