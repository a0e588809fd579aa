package io.medtwin.ditto.embedded.internal.protocol;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabel;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.entity.id.EntityId;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;

/**
 * Acknowledgements a command asks for. {@code twin-persisted} is the ordinary answer, {@code
 * search-persisted} holds at once because the search reads the things themselves, and nobody ever
 * gives any other.
 */
public final class Acks {
  /**
   * How long an acknowledgement nobody gives is waited for when the command does not say, as in
   * Ditto.
   */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Longest wait a command may ask for, as in Ditto. */
  public static final Duration TIMEOUT_MAX = Duration.ofSeconds(60);

  private static final AcknowledgementLabel PERSISTED = DittoAcknowledgementLabel.TWIN_PERSISTED;
  private static final Set<String> GIVEN =
      Set.of(PERSISTED.toString(), DittoAcknowledgementLabel.SEARCH_PERSISTED.toString());

  private Acks() {}

  /** Whether more than the ordinary answer is asked for. */
  public static boolean asked(DittoHeaders headers) {
    return labels(headers).stream()
        .anyMatch(label -> !label.toString().equals(PERSISTED.toString()));
  }

  /** How long until the answer: nothing, unless somebody is asked who never answers. */
  public static Duration delay(DittoHeaders headers) {
    if (labels(headers).stream().map(AcknowledgementLabel::toString).allMatch(GIVEN::contains)) {
      return Duration.ZERO;
    }
    Duration asked = headers.getTimeout().orElse(TIMEOUT);
    return asked.compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : asked;
  }

  /** What is answered instead of the ordinary reply, with the status that sums it up. */
  public static Acknowledgements of(EntityId id, HttpStatus persisted, DittoHeaders headers) {
    DittoHeaders answering = Envelopes.answering(headers, "application/json");
    return Acknowledgements.of(
        labels(headers).stream()
            .map(label -> Acknowledgement.of(label, id, status(label, persisted), answering))
            .collect(Collectors.toList()),
        answering);
  }

  private static HttpStatus status(AcknowledgementLabel label, HttpStatus persisted) {
    if (label.toString().equals(PERSISTED.toString())) {
      return persisted;
    }
    return GIVEN.contains(label.toString()) ? HttpStatus.NO_CONTENT : HttpStatus.REQUEST_TIMEOUT;
  }

  private static Set<AcknowledgementLabel> labels(DittoHeaders headers) {
    return headers.getAcknowledgementRequests().stream()
        .map(AcknowledgementRequest::getLabel)
        .collect(Collectors.toSet());
  }
}
