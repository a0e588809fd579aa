package io.medtwin.simulator.broker;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An MQTT 5 and 3.1.1 broker (Apache Artemis) inside this process: QoS 0 to 2, retained messages,
 * wills, sessions that outlive a connection. Everything is in memory and gone after {@link #close};
 * no file, no JMX, no password, and so only the loopback address. May be used by any thread.
 *
 * <p>At most 32 MiB of messages wait in one topic and 128 MiB in all; a publish beyond that is
 * refused, which MQTT 5 clients are told as "quota exceeded".
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String ACCEPTOR = "mqtt";
  private static final long MAX_BYTES_PER_TOPIC = 32L << 20;
  private static final long MAX_BYTES = 128L << 20;
  private static final int MAX_THREADS = 8;
  private static final int IO_THREADS = 2;

  private final ActiveMQServer server;
  private final int port;

  private EmbeddedBroker(ActiveMQServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts a broker on any free port; takes about a second. */
  public static EmbeddedBroker start() throws IOException {
    return start(0);
  }

  /**
   * Starts a broker; takes about a second.
   *
   * @param port on the loopback address; 0 for any free one
   * @throws IOException the port is taken, or the broker does not start
   */
  public static EmbeddedBroker start(int port) throws IOException {
    var server = new ActiveMQServerImpl(configuration(port));
    try {
      server.start();
      if (server.getRemotingService().getAcceptor(ACCEPTOR) instanceof NettyAcceptor acceptor
          && acceptor.getActualPort() > 0) {
        return new EmbeddedBroker(server, acceptor.getActualPort());
      }
      throw new IOException("port " + port + " is taken");
    } catch (Exception e) { // Artemis declares nothing narrower
      stop(server, e);
      throw new IOException("MQTT broker on " + HOST + ":" + port + " did not start", e);
    }
  }

  /** Where clients connect: {@code tcp://127.0.0.1:41387}. */
  public URI uri() {
    return URI.create("tcp://" + HOST + ":" + port);
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Disconnects everybody and forgets everything. May be called more than once. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // Artemis declares nothing narrower
      throw new IllegalStateException("MQTT broker on " + HOST + ":" + port + " did not stop", e);
    }
  }

  private static Configuration configuration(int port) {
    var transport =
        new TransportConfiguration(
            NettyAcceptorFactory.class.getName(),
            Map.of(
                TransportConstants.HOST_PROP_NAME,
                HOST,
                TransportConstants.PORT_PROP_NAME,
                port,
                TransportConstants.PROTOCOLS_PROP_NAME,
                "MQTT",
                TransportConstants.REMOTING_THREADS_PROPNAME,
                IO_THREADS),
            ACCEPTOR);
    var settings =
        new AddressSettings()
            .setMaxSizeBytes(MAX_BYTES_PER_TOPIC)
            .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL);
    return new ConfigurationImpl()
        .setName("medtwin-demo")
        .setPersistenceEnabled(false)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .setMessageCounterEnabled(false)
        .setThreadPoolMaxSize(MAX_THREADS)
        .setScheduledThreadPoolMaxSize(1)
        .setGlobalMaxSize(MAX_BYTES)
        .addAcceptorConfiguration(transport)
        .addAddressSetting("#", settings);
  }

  private static void stop(ActiveMQServer server, Exception cause) {
    try {
      server.stop();
    } catch (Exception e) { // the first failure says more
      cause.addSuppressed(e);
    }
  }
}
