/**
 * The gateway's one YAML file: text flows in, {@link io.medtwin.app.config.GatewayConfig} or all
 * its problems flow out.
 */
@NullMarked
package io.medtwin.app.config;

import org.jspecify.annotations.NullMarked;
