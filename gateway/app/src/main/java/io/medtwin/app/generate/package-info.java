/**
 * What is generated from a device profile: WoT Thing Models, a Ditto policy, a simulator's sheet
 * and a page for people. A profile flows in, texts by path flow out. Pure: the same profile gives
 * the same bytes.
 */
@NullMarked
package io.medtwin.app.generate;

import org.jspecify.annotations.NullMarked;
