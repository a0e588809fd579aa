package io.medtwin.benchmarks.load;

import io.medtwin.benchmarks.mqtt.Connection;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One MQTT connection that speaks for all devices, as a site's bridge does. */
final class MqttSender implements Sender {

  private final Connection connection;
  private final byte[][] topics;
  private final byte[] contentType = Traffic.CONTENT_TYPE.getBytes(StandardCharsets.UTF_8);

  MqttSender(URI broker, int devices) throws IOException {
    connection = new Connection(broker, "generator").publishing();
    topics = new byte[devices][];
    for (int device = 0; device < devices; device++) {
      topics[device] = Traffic.topic(Traffic.name(device)).getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void send(int device, byte[] pack) throws IOException, InterruptedException {
    connection.publish(topics[device], contentType, pack);
  }

  @Override
  public void flush() throws IOException {
    connection.flush();
  }

  @Override
  public long answered() {
    return connection.acknowledged();
  }

  @Override
  public String answerTimes() {
    return "";
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
