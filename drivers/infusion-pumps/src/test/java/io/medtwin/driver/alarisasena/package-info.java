/** Tests of the Asena driver: vectors and transcripts flow in, judgements flow out. */
@NullMarked
package io.medtwin.driver.alarisasena;

import org.jspecify.annotations.NullMarked;
