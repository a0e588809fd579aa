/**
 * Ivy Biomedical 450C patient monitor, ANSAR-B output: one message a second with five waves and
 * lines of text flows in, readings and alerts flow out. {@link
 * io.medtwin.driver.ivy450c.AnsarBCodec} speaks both directions, so a simulator of the monitor uses
 * it too.
 */
@NullMarked
package io.medtwin.driver.ivy450c;

import org.jspecify.annotations.NullMarked;
