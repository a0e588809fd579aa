/**
 * What a session remembers of an IntelliVue monitor, without any I/O: answers to polls flow in, the
 * next state and the reports of the step flow out.
 */
@NullMarked
package io.medtwin.driver.philipsintellivue.state;

import org.jspecify.annotations.NullMarked;
