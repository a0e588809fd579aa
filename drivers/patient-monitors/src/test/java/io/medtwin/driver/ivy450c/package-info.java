/** Tests of this driver: vectors and transcripts flow in, judgements flow out. */
@NullMarked
package io.medtwin.driver.ivy450c;

import org.jspecify.annotations.NullMarked;
