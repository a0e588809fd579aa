package io.medtwin.console.line;

import java.time.Instant;

/**
 * What a gateway is.
 *
 * @param id its id
 * @param site its site
 * @param version its version
 * @param startedAt when its process started
 * @param demo whether its devices are simulated, which every page then says
 * @param ditto where its twins are, without credentials
 * @param reach {@code connected}, {@code connecting} or {@code disconnected}
 * @param thingId its own twin
 */
public record GatewayFacts(
    String id,
    String site,
    String version,
    Instant startedAt,
    boolean demo,
    String ditto,
    String reach,
    String thingId) {}
