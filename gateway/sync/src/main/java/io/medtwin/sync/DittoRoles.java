package io.medtwin.sync;

import java.util.List;

/**
 * Who may do what with the twins that this gateway provisions: authorization subjects of Ditto,
 * {@code issuer:subject}, e.g. {@code nginx:ditto} for basic authentication. A role without
 * subjects gets no entry in the policy. Policies that exist already are never changed.
 *
 * @param gateway subject this gateway logs in as: reads and writes features and attributes
 * @param provisioning may create things and change policies; empty means the gateway itself, which
 *     Ditto demands of whoever creates a policy
 * @param viewers clinical staff's applications: read features but not {@code association}
 * @param technicians read identity, link, clock, power and operation; no vital signs
 * @param exporters read everything, {@code association} included
 */
public record DittoRoles(
    String gateway,
    List<String> provisioning,
    List<String> viewers,
    List<String> technicians,
    List<String> exporters) {

  public DittoRoles {
    checkSubject(gateway);
    provisioning = provisioning.isEmpty() ? List.of(gateway) : List.copyOf(provisioning);
    viewers = List.copyOf(viewers);
    technicians = List.copyOf(technicians);
    exporters = List.copyOf(exporters);
    List.of(provisioning, viewers, technicians, exporters)
        .forEach(subjects -> subjects.forEach(DittoRoles::checkSubject));
  }

  /** The gateway alone, which also provisions. */
  public static DittoRoles of(String gateway) {
    return new DittoRoles(gateway, List.of(), List.of(), List.of(), List.of());
  }

  private static void checkSubject(String subject) {
    int colon = subject.indexOf(':');
    if (colon <= 0 || colon == subject.length() - 1) {
      throw new IllegalArgumentException(
          "a subject is issuer:subject, e.g. nginx:ditto; got " + subject);
    }
  }
}
