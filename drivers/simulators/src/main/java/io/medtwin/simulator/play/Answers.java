package io.medtwin.simulator.play;

import io.medtwin.testkit.Transcript.FromDevice;
import io.medtwin.testkit.Transcript.ToDevice;
import io.medtwin.testkit.Transcript.Turn;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The device's half of a dialogue: what the host writes flows in, in whatever pieces; the answers
 * of the conversation flow out. A request gets the answer it has next in the conversation, from
 * where that stands, around and around. What no request begins with is dropped and counted; nothing
 * that a conversation does not hold is ever answered. Used by one thread.
 */
public final class Answers {
  /** Most bytes of a request that is not whole yet. */
  static final int MAX_WAITING = 8_192;

  private final List<Turn> dialogue;
  private final List<byte[]> requests;
  private byte[] waiting = new byte[0];
  private int at;
  private long ignored;

  /** Answers of a conversation, from its beginning. */
  public Answers(Conversation conversation) {
    dialogue = conversation.dialogue();
    requests =
        dialogue.stream()
            .filter(ToDevice.class::isInstance)
            .map(turn -> ByteBuffer.wrap(Conversation.octets(((ToDevice) turn).bytes())))
            .distinct()
            .map(ByteBuffer::array)
            .sorted((one, other) -> Integer.compare(other.length, one.length))
            .toList();
  }

  /** Whether it has any answer. */
  public boolean isEmpty() {
    return requests.isEmpty();
  }

  /** Bytes that began no request. */
  public long ignored() {
    return ignored;
  }

  /** The answers to the requests that these bytes complete, frame by frame. */
  public List<byte[]> hear(byte[] bytes) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(waiting);
    all.writeBytes(bytes);
    waiting = all.toByteArray();
    var answers = new ArrayList<byte[]>();
    while (waiting.length > 0) {
      var request = firstRequest();
      if (request != null) {
        waiting = Arrays.copyOfRange(waiting, request.length, waiting.length);
        answers.addAll(answer(request));
      } else if (waiting.length < MAX_WAITING && mayBecomeRequest()) {
        break;
      } else {
        ignored += waiting.length;
        waiting = new byte[0];
      }
    }
    return answers;
  }

  private byte @Nullable [] firstRequest() {
    for (byte[] request : requests) { // the longest first
      if (startsWith(waiting, request)) {
        return request;
      }
    }
    return null;
  }

  private boolean mayBecomeRequest() {
    return requests.stream().anyMatch(request -> startsWith(request, waiting));
  }

  private List<byte[]> answer(byte[] request) {
    for (int i = 0; i < dialogue.size(); i++) {
      int turn = (at + i) % dialogue.size();
      if (dialogue.get(turn) instanceof ToDevice asked
          && Arrays.equals(Conversation.octets(asked.bytes()), request)) {
        return framesAfter(turn);
      }
    }
    return List.of();
  }

  private List<byte[]> framesAfter(int turn) {
    var frames = new ArrayList<byte[]>();
    int next = turn + 1;
    while (next < dialogue.size() && dialogue.get(next) instanceof FromDevice frame) {
      frames.add(Conversation.octets(frame.bytes()));
      next++;
    }
    at = next % dialogue.size();
    return frames;
  }

  private static boolean startsWith(byte[] bytes, byte[] beginning) {
    return bytes.length >= beginning.length
        && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
  }
}
