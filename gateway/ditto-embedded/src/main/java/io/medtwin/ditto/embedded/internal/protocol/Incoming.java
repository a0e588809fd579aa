package io.medtwin.ditto.embedded.internal.protocol;

import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.protocol.TopicPath;

/**
 * One envelope that arrived and is a command of Ditto's model.
 *
 * @param topic as it came; the reply carries it too
 * @param path as it came; the reply carries it too
 */
public record Incoming(TopicPath topic, JsonPointer path, Signal<?> command) {
  /** Headers as they came, validated by Ditto's library. */
  public DittoHeaders headers() {
    return command.getDittoHeaders();
  }
}
