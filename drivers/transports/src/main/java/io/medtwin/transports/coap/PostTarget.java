package io.medtwin.transports.coap;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a post is for, read from its path.
 *
 * @param resource which of the two resources
 * @param device id of the device, as in the path
 */
record PostTarget(Resource resource, String device) {

  /** The resources that take posts. */
  enum Resource {
    INGEST("ingest"),
    ALARM("alarm");

    private final String segment;

    Resource(String segment) {
      this.segment = segment;
    }

    /** First segment of its path. */
    String segment() {
      return segment;
    }
  }

  /** Device ids: 1 to 64 characters that need no escaping in a URI path. */
  static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._~-]{0,63}");

  /** Reads the segments of a path; null where it names nothing we serve. */
  static @Nullable PostTarget of(List<String> path) {
    if (path.size() != 2 || !DEVICE.matcher(path.get(1)).matches()) {
      return null;
    }
    for (var resource : Resource.values()) {
      if (resource.segment.equals(path.get(0))) {
        return new PostTarget(resource, path.get(1));
      }
    }
    return null;
  }

  /** The path, with a leading slash. */
  String path() {
    return "/" + resource.segment + "/" + device;
  }
}
