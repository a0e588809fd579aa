package io.medtwin.sync;

import com.neovisionaries.ws.client.WebSocket;
import org.eclipse.ditto.client.configuration.AccessTokenAuthenticationConfiguration;
import org.eclipse.ditto.client.configuration.BasicAuthenticationConfiguration;
import org.eclipse.ditto.client.messaging.AuthenticationProvider;
import org.eclipse.ditto.client.messaging.AuthenticationProviders;
import org.eclipse.ditto.jwt.model.ImmutableJsonWebToken;

/** {@link DittoLogin} in the client's terms. */
final class Login {

  private Login() {}

  static AuthenticationProvider<WebSocket> provider(DittoLogin login) {
    return switch (login) {
      case DittoLogin.Basic basic ->
          AuthenticationProviders.basic(
              BasicAuthenticationConfiguration.newBuilder()
                  .username(basic.user())
                  .password(basic.password().get())
                  .build());
      case DittoLogin.Bearer bearer ->
          AuthenticationProviders.accessToken(
              AccessTokenAuthenticationConfiguration.newBuilder()
                  .identifier("medtwin")
                  .accessTokenSupplier(() -> ImmutableJsonWebToken.fromToken(bearer.token().get()))
                  .build());
    };
  }
}
