/** Tests of the IntelliVue driver: transcripts flow in, judgements flow out. */
@NullMarked
package io.medtwin.driver.philipsintellivue;

import org.jspecify.annotations.NullMarked;
