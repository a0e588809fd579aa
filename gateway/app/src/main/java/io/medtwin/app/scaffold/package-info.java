/**
 * The first hour of a device maker. The name of a driver flows in; a project that builds, keeps the
 * rules and runs flows out, as texts by path. Pure: who writes the files is a command's business.
 */
@NullMarked
package io.medtwin.app.scaffold;

import org.jspecify.annotations.NullMarked;
