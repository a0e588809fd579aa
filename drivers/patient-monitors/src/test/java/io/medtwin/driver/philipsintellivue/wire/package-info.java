/** Tests of the codec: recorded messages flow in, judgements flow out. */
@NullMarked
package io.medtwin.driver.philipsintellivue.wire;

import org.jspecify.annotations.NullMarked;
