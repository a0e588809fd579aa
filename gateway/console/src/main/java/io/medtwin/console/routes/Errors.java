package io.medtwin.console.routes;

import io.medtwin.console.access.Denied;
import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.Refusal;
import io.medtwin.console.web.Failure;
import java.util.List;

/** Words failures, and turns those of others into answers. */
public final class Errors {

  private Errors() {}

  /** A failure as JSON. */
  public static byte[] json(Failure.Trouble trouble) {
    return JsonWriter.object(
        out ->
            out.object(
                "error",
                error ->
                    error
                        .text("code", trouble.code())
                        .text("message", trouble.message())
                        .texts("problems", trouble.problems())
                        .text("next", trouble.next())));
  }

  /** What a refusal of the line is answered. */
  static Failure of(Refusal refusal) {
    var message = refusal.getMessage() == null ? "" : refusal.getMessage();
    return switch (refusal.kind()) {
      case NOT_FOUND -> Failure.notFound(message);
      case INVALID -> Failure.invalid(message, refusal.problems());
      case CONFLICT -> Failure.conflict(message, refusal.problems());
      case BUSY -> Failure.tooMany(message, java.time.Duration.ofSeconds(10));
    };
  }

  /** What a denial is answered. */
  static Failure of(Denied denied) {
    var message = denied.getMessage() == null ? "" : denied.getMessage();
    return switch (denied.kind()) {
      case WRONG -> Failure.wrong(message);
      case THROTTLED -> Failure.tooMany(message, denied.retryAfter());
      case INVALID -> Failure.invalid(message, List.of(message));
      case CONFLICT -> Failure.conflict(message, List.of(message));
      case NOT_FOUND -> Failure.notFound(message);
      case FAILED -> Failure.unavailable(message, "free or repair the disk, then try again");
    };
  }
}
