package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.coap.CoapPosts;
import java.io.IOException;

/** Each device posts by itself. */
final class CoapSender implements Sender {

  private final CoapPosts posts;

  CoapSender(int port, boolean confirmable, int devices) throws IOException {
    var names = new String[devices];
    for (int device = 0; device < devices; device++) {
      names[device] = Traffic.name(device);
    }
    posts = new CoapPosts(port, confirmable, names);
  }

  @Override
  public void send(int device, byte[] pack) throws IOException, InterruptedException {
    posts.send(device, pack);
  }

  @Override
  public void flush() {}

  @Override
  public long answered() {
    return posts.answered();
  }

  @Override
  public String answerTimes() {
    return posts.times() + " " + posts.refused();
  }

  @Override
  public void close() throws IOException {
    posts.close();
  }
}
