/** Tests of this driver: vectors and transcripts flow in, judgements flow out. */
@NullMarked
package io.medtwin.driver.noninoem3;

import org.jspecify.annotations.NullMarked;
