package io.medtwin.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * People at a gateway's console, over sockets of our own, so that they can be as rude as browsers
 * and networks are. Each on a virtual thread, until it is closed.
 */
final class Crowd implements AutoCloseable {

  /** What they do. */
  enum Manner {
    /** Nobody is there. */
    NOBODY(0),
    /** Follow the live events and read them. */
    FOLLOW(10),
    /** Ask for the live events and never read one. */
    STUCK(200),
    /** Ask for the live events, hang up, and come back as browsers do. */
    DROP(200),
    /** Send ten megabytes where a short word is expected, each second. */
    FLOOD(1);

    final int count;

    Manner(int count) {
      this.count = count;
    }
  }

  /**
   * After which a browser asks for events again (HTML, 9.2 Server-sent events: "a few seconds").
   */
  private static final int COME_BACK_MILLIS = 3_000;

  private static final int FLOOD_EVERY_MILLIS = 1_000;
  private static final int BODY_BYTES = 10_000_000;
  private static final int SMALL_WINDOW = 2_048;
  private static final int READ_LIMIT_MILLIS = 5_000;

  private final URI address;
  private final String token;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();

  /**
   * Comes to the console of a gateway.
   *
   * @param journal the gateway's journal, whose folder says where its console is
   */
  Crowd(Path journal, Manner manner) throws IOException {
    boolean comes = manner.count > 0;
    address = URI.create(comes ? Files.readString(journal.resolve("console.address")).strip() : "");
    token = comes ? Files.readString(journal.resolve("console.token")).strip() : "";
    for (int i = 0; i < manner.count; i++) {
      threads.add(Thread.ofVirtual().start(() -> be(manner)));
    }
  }

  /** How often each status line came, and each failure. */
  Map<String, Long> answers() {
    var all = new TreeMap<String, Long>();
    answers.forEach((answer, count) -> all.put(answer, count.get()));
    return all;
  }

  private void be(Manner manner) {
    while (!Thread.currentThread().isInterrupted()) {
      try (var socket = new Socket()) {
        if (manner == Manner.STUCK) {
          socket.setReceiveBufferSize(SMALL_WINDOW);
        }
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        switch (manner) {
          case NOBODY -> {
            return;
          }
          case FOLLOW -> follow(socket);
          case STUCK -> {
            ask(socket);
            Thread.sleep(Long.MAX_VALUE);
          }
          case DROP -> {
            ask(socket);
            socket.close();
            Thread.sleep(COME_BACK_MILLIS);
          }
          case FLOOD -> {
            Thread.sleep(FLOOD_EVERY_MILLIS);
            flood(socket);
          }
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        count(e.getClass().getSimpleName());
      }
    }
  }

  private void follow(Socket socket) throws IOException {
    var in = ask(socket);
    var bytes = new byte[8_192];
    while (!Thread.currentThread().isInterrupted() && in.read(bytes) >= 0) {
      // on with it
    }
  }

  private InputStream ask(Socket socket) throws IOException {
    say(socket, "GET /api/v1/events", "Accept: text/event-stream");
    return statusOf(socket);
  }

  private void flood(Socket socket) throws IOException {
    say(
        socket,
        "POST /api/v1/session",
        "Content-Type: application/json",
        "Content-Length: " + BODY_BYTES);
    var piece = new byte[64 * 1024];
    var out = socket.getOutputStream();
    try {
      for (int sent = 0; sent < BODY_BYTES; sent += piece.length) {
        out.write(piece, 0, Math.min(piece.length, BODY_BYTES - sent));
      }
    } finally {
      var unused = statusOf(socket); // an early no is an answer, too
    }
  }

  private void say(Socket socket, String what, String... headers) throws IOException {
    var lines = new ArrayList<>(List.of(what + " HTTP/1.1", "Host: " + address.getAuthority()));
    lines.add("Authorization: Bearer " + token);
    lines.addAll(List.of(headers));
    var head = String.join("\r\n", lines) + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private InputStream statusOf(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\r' && line.length() < 100; c = in.read()) {
      line.append((char) c);
    }
    count(line.toString());
    return in;
  }

  private void count(String answer) {
    answers.computeIfAbsent(answer, unused -> new AtomicLong()).incrementAndGet();
  }

  @Override
  public void close() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt(); // a socket of a virtual thread closes with that
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
