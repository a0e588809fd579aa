/**
 * What a device maker tests a driver with: scripted links that play a conversation, a session that
 * records what the driver says, and contracts with numbered rules. Bytes or messages of a
 * transcript flow in, failures with a reason flow out.
 */
@NullMarked
package io.medtwin.testkit;

import org.jspecify.annotations.NullMarked;
