/**
 * Philips IntelliVue monitors by Data Export: bytes of a stream link flow in, reports flow out. The
 * codec is in {@code wire}, what is remembered in {@code state}; here is the conversation.
 */
@NullMarked
package io.medtwin.driver.philipsintellivue;

import org.jspecify.annotations.NullMarked;
