package io.medtwin.transports.mqtt;

import io.medtwin.spi.Message;
import io.medtwin.spi.transport.MessageWire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One broker connection, shared by any number of {@link MqttTransport}s. It connects when the first
 * of them is opened, and from then on by itself, with growing waits, until it is closed. When the
 * connection breaks, every open wire ends, and whatever was not settled is sent again by the broker
 * (unless {@code cleanStart} made it forget). One virtual thread of its own connects and waits;
 * Paho's threads bring the messages.
 */
public final class MqttHub implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MqttHub.class);

  private static final long CLOSE_LIMIT_MILLIS = 3000;

  /** A connection that held at least this long starts the waits anew. */
  private static final Duration STABLE = Duration.ofSeconds(10);

  /** What the hub is doing. */
  private sealed interface State {
    record Idle() implements State {}

    record Connecting() implements State {}

    record Connected(Connection connection) implements State {}

    record Waiting(IOException why, Duration delay) implements State {}

    record Closed() implements State {}
  }

  /** A transport of this hub. */
  record Member(
      String name, MqttLinkConfig config, LinkInbox inbox, CompletableFuture<Void> used) {}

  private final MqttConfig config;
  private final String name;
  private final Router router = new Router();
  private final RandomGenerator chance = RandomGenerator.getDefault();
  private final AtomicLong connections = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = new State.Idle();
  private @Nullable Thread thread;
  private boolean onlyVersion3; // only the hub's thread

  /** Connects nothing yet. */
  public MqttHub(MqttConfig config) {
    this.config = config;
    this.name = "mqtt:" + config.broker().getHost() + ":" + config.broker().getPort();
  }

  /** The connection, for people and logs. */
  public String name() {
    return name;
  }

  /** What happened since the start. */
  public MqttCounters counters() {
    return router.counters(connections.get());
  }

  /** Says goodbye within about 3 s: presence, DISCONNECT, sockets. Every wire ends at once. */
  @Override
  public void close() {
    Thread running;
    State before;
    lock.lock();
    try {
      before = state;
      state = new State.Closed();
      running = thread;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    var cause = new IOException(name + ": closed by the gateway");
    router.lost(cause);
    if (before instanceof State.Connected(Connection connection)) {
      connection.ended.complete(cause);
    } else if (running != null) {
      running.interrupt();
    }
    if (running != null) {
      try {
        running.join(CLOSE_LIMIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // it goes on closing by itself
      }
    }
  }

  Member register(MqttLinkConfig link) {
    String linkName = name + " " + link.pattern();
    var inbox = new LinkInbox(linkName, link.inboxLimit(), this::fetchWithheld);
    var member = new Member(linkName, link, inbox, new CompletableFuture<>());
    router.add(member);
    return member;
  }

  MessageWire open(Member member) throws IOException, InterruptedException {
    BrokerClient client = awaitConnection().client;
    var wire = new MqttWire(member.name(), this, member.inbox());
    member.inbox().attach(wire);
    try {
      subscribe(client, member, true);
      member.used().complete(null);
      return wire;
    } catch (IOException e) {
      wire.close();
      BrokerTrouble.throwIfInterrupted(e);
      throw e;
    }
  }

  void publish(Message message) throws IOException, InterruptedException {
    State now;
    lock.lock();
    try {
      now = state;
    } finally {
      lock.unlock();
    }
    if (!(now instanceof State.Connected(Connection connection)) || connection.ended.isDone()) {
      throw new IOException(name + ": not connected; the message was not sent");
    }
    boolean retained = Boolean.parseBoolean(message.attributes().get(Message.RETAINED));
    try {
      connection.client.publish(
          message.address(), message.bytes(), 1, retained, message.contentType());
    } catch (IOException e) {
      BrokerTrouble.throwIfInterrupted(e);
      throw e;
    }
  }

  private Connection awaitConnection() throws IOException, InterruptedException {
    long nanosLeft = 2 * config.connectLimit().toNanos();
    lock.lockInterruptibly();
    try {
      if (state instanceof State.Idle) {
        state = new State.Connecting();
        warnOfOpenSecrets();
        thread = Thread.ofVirtual().name(name).start(this::run);
      }
      while (true) {
        switch (state) {
          case State.Connected(Connection connection) when !connection.ended.isDone() -> {
            return connection;
          }
          // the same words each time, or the caller would report each time
          case State.Waiting(IOException why, Duration _) ->
              throw new IOException(why.getMessage() + "; trying again by itself", why);
          case State.Closed() -> throw new IOException(name + ": closed by the gateway");
          // a connection that has just ended is about to become Waiting
          case State.Idle(), State.Connecting(), State.Connected(_) -> {
            if (nanosLeft <= 0) {
              throw new IOException(name + ": still connecting; trying on");
            }
            nanosLeft = changed.awaitNanos(nanosLeft);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    int failures = 0;
    while (become(new State.Connecting())) {
      long start = System.nanoTime();
      IOException why = connection(failures);
      router.lost(why);
      boolean stable = System.nanoTime() - start >= STABLE.toNanos();
      failures = stable ? 1 : failures + 1;
      Duration delay =
          new RetryDelays(config.retryMin(), config.retryMax()).after(failures, chance);
      if (!become(new State.Waiting(why, delay))) {
        return;
      }
      if (failures == 1) {
        LOG.warn("{}; trying again in {}", why.getMessage(), delay);
      } else {
        LOG.debug("{}; failure {} in a row, trying again in {}", why.getMessage(), failures, delay);
      }
      pause(delay);
    }
  }

  /** Connects, holds the connection until it ends, and says why it did. */
  private IOException connection(int failuresBefore) {
    Connection connection = null;
    try {
      connection = connect();
      long count = connections.incrementAndGet();
      if (!connection.sessionPresent && !config.cleanStart() && count > 1) {
        LOG.warn("{}: the broker kept no session; messages of the meantime may be missing", name);
      }
      subscribeAgain(connection);
      announce(connection, MqttPresence::online);
      LOG.info("{}: connected after {} failures", name, failuresBefore);
      if (!become(new State.Connected(connection))) {
        connection.ended.complete(new IOException(name + ": closed by the gateway"));
      }
      return connection.ended.get();
    } catch (IOException e) {
      return e;
    } catch (RuntimeException e) {
      return BrokerTrouble.unexpected(name, e); // a bug must not end the trying
    } catch (ExecutionException | InterruptedException e) {
      return new IOException(name + ": closed by the gateway", e);
    } finally {
      if (connection != null) {
        end(connection);
      }
    }
  }

  private Connection connect() throws IOException {
    boolean mayBe5 = config.version() != MqttConfig.Version.V3_1_1 && !onlyVersion3;
    if (!mayBe5) {
      return new Connection(false);
    }
    try {
      return new Connection(true);
    } catch (BrokerClient.UnsupportedVersionException e) {
      if (config.version() == MqttConfig.Version.V5) {
        throw e;
      }
      var connection = new Connection(false);
      onlyVersion3 = true; // known only now: the answer might have been another trouble
      LOG.info("{}: speaks MQTT 3.1.1; content types come from topics", name);
      return connection;
    }
  }

  private void end(Connection connection) {
    if (isClosed()) {
      try {
        announce(connection, MqttPresence::shutdown);
      } catch (IOException e) {
        LOG.debug("{}: could not say that we stop, {}", name, e.getMessage());
      }
    }
    connection.client.close();
  }

  private void announce(Connection connection, Function<MqttPresence, String> content)
      throws IOException {
    MqttPresence presence = config.presence();
    if (presence != null) {
      byte[] payload = content.apply(presence).getBytes(StandardCharsets.UTF_8);
      connection.client.publish(presence.topic(), payload, 1, true, "application/json");
    }
  }

  /** Before any session is back, so that nothing is missed; one refusal leaves the others alone. */
  private void subscribeAgain(Connection connection) throws IOException {
    for (Member member : router.members()) {
      if (!member.used().isDone()) {
        continue;
      }
      try {
        subscribe(connection.client, member, false);
      } catch (IOException e) {
        if (connection.ended.isDone()) {
          throw e;
        }
        LOG.warn("{}: not subscribed again, {}", member.name(), e.getMessage());
      }
    }
  }

  private void subscribe(BrokerClient client, Member member, boolean sendRetained)
      throws IOException {
    MqttLinkConfig link = member.config();
    int granted = client.subscribe(link.pattern().filter(), link.qos(), sendRetained);
    if (granted < link.qos()) {
      LOG.warn(
          "{}: asked for QoS {}, the broker grants {}; messages may be lost",
          member.name(),
          link.qos(),
          granted);
    }
  }

  /** An inbox that left messages with the broker has room: only a new connection brings them. */
  private void fetchWithheld() {
    State now;
    lock.lock();
    try {
      now = state;
    } finally {
      lock.unlock();
    }
    if (now instanceof State.Connected(Connection connection)) {
      connection.ended.complete(
          new IOException(name + ": connecting anew to fetch messages that had no room"));
    }
  }

  private void warnOfOpenSecrets() {
    String host = config.broker().getHost();
    boolean here = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    if (!config.isEncrypted() && config.username() != null && !here) {
      LOG.warn("{}: the password travels unencrypted; use ssl:// outside a bench", name);
    }
  }

  private boolean become(State next) {
    lock.lock();
    try {
      if (state instanceof State.Closed) {
        return false;
      }
      state = next;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return state instanceof State.Closed;
    } finally {
      lock.unlock();
    }
  }

  private void pause(Duration delay) {
    long nanosLeft = TimeUnit.NANOSECONDS.convert(delay);
    lock.lock();
    try {
      while (nanosLeft > 0 && !(state instanceof State.Closed)) {
        nanosLeft = changed.awaitNanos(nanosLeft);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing: the state says so
    } finally {
      lock.unlock();
    }
  }

  /** One connection of this hub and its end. */
  private final class Connection implements BrokerClient.Events {

    final CompletableFuture<IOException> ended = new CompletableFuture<>();
    final BrokerClient client;
    final boolean sessionPresent;

    Connection(boolean version5) throws IOException {
      client =
          version5 ? new PahoV5Client(config, name, this) : new PahoV3Client(config, name, this);
      boolean present;
      try {
        present = client.connect();
      } catch (IOException e) {
        client.close();
        throw e;
      }
      sessionPresent = present;
    }

    @Override
    public void arrived(BrokerClient from, BrokerClient.Inbound message) {
      if (!ended.isDone()) {
        router.route(from, message);
      }
    }

    @Override
    public void lost(BrokerClient from, IOException cause) {
      if (ended.complete(cause)) {
        router.lost(cause); // at once, so that no session waits for the sockets to be released
      }
    }
  }
}
