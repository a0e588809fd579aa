package io.medtwin.console.line;

import java.util.Optional;

/**
 * A wish to configure a device that was heard.
 *
 * @param hub link it is behind
 * @param address its own id there
 * @param profile id of its profile
 * @param id configured id it shall have; by default made of its address
 * @param serial serial number, where known
 * @param by user who wishes it
 */
public record Claim(
    String hub,
    String address,
    String profile,
    Optional<String> id,
    Optional<String> serial,
    String by) {}
