package io.medtwin.sync;

import io.medtwin.twin.backend.Answer;

/** The table of statuses: what a reply means for whoever submitted the command. */
final class Answers {

  private Answers() {}

  /** Answer to a merge; on 412 the epoch is not known yet. */
  static Answer of(Reply reply) {
    return switch (reply.status()) {
      case 200, 201, 204 -> new Answer.Stored();
      case 412 -> new Answer.Outdated(0);
      case 401, 403, 404 -> new Answer.NotProvisioned(reply.status(), reply.why());
      // 421: a Thing Model could not be fetched, which is a matter of the network
      case 0, 408, 421, 424, 425, 429 -> new Answer.Busy(reply.status(), reply.why());
      default ->
          reply.status() >= 500
              ? new Answer.Busy(reply.status(), reply.why())
              : new Answer.Refused(reply.status(), reply.why());
    };
  }
}
