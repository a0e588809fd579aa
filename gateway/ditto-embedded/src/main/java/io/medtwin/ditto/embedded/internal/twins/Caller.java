package io.medtwin.ditto.embedded.internal.twins;

import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.auth.AuthorizationModelFactory;
import org.eclipse.ditto.base.model.auth.DittoAuthorizationContextType;

/**
 * Who sends a command, and over which session: rights follow the subject, events are withheld from
 * the session.
 *
 * @param subject authorization subject as it stands in policies, such as {@code nginx:ditto}
 * @param session compared by identity; a session gets no events of its own commands
 */
public record Caller(String subject, Object session) {

  /** The subject as Ditto's enforcer wants it. */
  public AuthorizationContext authorization() {
    return AuthorizationModelFactory.newAuthContext(
        DittoAuthorizationContextType.PRE_AUTHENTICATED_HTTP,
        AuthorizationModelFactory.newAuthSubject(subject));
  }
}
