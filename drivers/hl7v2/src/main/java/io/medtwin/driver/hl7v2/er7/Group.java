package io.medtwin.driver.hl7v2.er7;

import java.util.List;
import java.util.Optional;

/**
 * One OBR with what belongs to it.
 *
 * @param request the OBR; empty where rows come before any
 * @param rows its OBX, in order
 * @param participants PRT of its devices, in order; those of persons are left out
 */
public record Group(Optional<Segment> request, List<Segment> rows, List<Segment> participants) {
  public Group {
    rows = List.copyOf(rows);
    participants = List.copyOf(participants);
  }
}
