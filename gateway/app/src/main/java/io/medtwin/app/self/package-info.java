/**
 * What a gateway knows of itself: its machine, its certificates, whether it does its work. Files of
 * the system and views of the line flow in, reports of the gateway's own twin flow out.
 */
@NullMarked
package io.medtwin.app.self;

import org.jspecify.annotations.NullMarked;
