/**
 * What a recording tells of a device that nobody knows. Bytes or messages flow in; a proposal of
 * how to read them flows out, judged by the driver that would read them, and the draft of a profile
 * with it. Pure but for that driver.
 */
@NullMarked
package io.medtwin.app.survey;

import org.jspecify.annotations.NullMarked;
