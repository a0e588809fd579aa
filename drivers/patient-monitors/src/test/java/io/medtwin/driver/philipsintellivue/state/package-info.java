/** Tests of what a session remembers: answers flow in, judgements flow out. */
@NullMarked
package io.medtwin.driver.philipsintellivue.state;

import org.jspecify.annotations.NullMarked;
