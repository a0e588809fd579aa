/**
 * Driver plugins: folders of jars flow in, drivers by id flow out, each in a class loader of its
 * own.
 */
@NullMarked
package io.medtwin.runtime.plugin;

import org.jspecify.annotations.NullMarked;
