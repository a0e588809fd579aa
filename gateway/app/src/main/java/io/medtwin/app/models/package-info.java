/**
 * Thing Models over HTTP: profiles flow in, each version is kept as it was first served and flows
 * out under a URL that never changes. Read-only; apart from the line.
 */
@NullMarked
package io.medtwin.app.models;

import org.jspecify.annotations.NullMarked;
