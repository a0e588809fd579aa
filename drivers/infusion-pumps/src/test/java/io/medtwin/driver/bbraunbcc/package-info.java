/** Tests of the BCC driver: vectors and transcripts flow in, judgements flow out. */
@NullMarked
package io.medtwin.driver.bbraunbcc;

import org.jspecify.annotations.NullMarked;
