/**
 * Vital signs of Bluetooth GATT sensors behind a bridge: GATT events flow in, readings, identities
 * and presence flow out. The records are pure codecs that decode and encode characteristic values;
 * {@link io.medtwin.driver.gattvitals.GattVitalsDriver} is the thin part around them.
 */
@NullMarked
package io.medtwin.driver.gattvitals;

import org.jspecify.annotations.NullMarked;
