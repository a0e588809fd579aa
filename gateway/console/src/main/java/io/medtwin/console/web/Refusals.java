package io.medtwin.console.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Words what Jetty itself refuses, such as header lines that are too long. */
final class Refusals extends ErrorHandler {

  private final Voice voice;

  Refusals(Voice voice) {
    this.voice = voice;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SecurityHeaders.put(response.getHeaders());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Reply.JSON);
    var message = request.getAttribute(ERROR_MESSAGE);
    response.write(true, say(response.getStatus(), String.valueOf(message)), callback);
    return true;
  }

  private ByteBuffer say(int status, String reason) {
    return ByteBuffer.wrap(voice.say(Failure.ofStatus(status, reason).trouble()));
  }
}
