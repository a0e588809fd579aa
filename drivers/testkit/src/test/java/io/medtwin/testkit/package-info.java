/** Tests of the testkit: sound and broken drivers flow in, the rules they break flow out. */
@NullMarked
package io.medtwin.testkit;

import org.jspecify.annotations.NullMarked;
