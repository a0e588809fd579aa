package io.medtwin.runtime.session;

import java.util.List;

/**
 * One link at one moment.
 *
 * @param name of its session
 * @param transport where it leads, without a secret
 * @param driver id of its driver; empty where it cannot be made
 * @param state where the session stands
 * @param devices configured devices on it
 * @param counts what it carried and threw away
 */
public record LinkView(
    String name,
    String transport,
    String driver,
    SessionState state,
    List<String> devices,
    LinkCounts counts) {}
