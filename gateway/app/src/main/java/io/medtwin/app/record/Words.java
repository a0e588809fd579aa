package io.medtwin.app.record;

import static java.util.Locale.ROOT;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Words that are never kept, in every usual encoding (ASCII, Latin-1, UTF-8, UTF-16 of both
 * orders), whatever the case of their letters.
 */
public final class Words implements Finder {

  /** Most words. */
  public static final int MOST = 1_000;

  /** Longest word, in characters. */
  public static final int LONGEST = 256;

  private static final List<Charset> ENCODINGS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.ISO_8859_1,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_16LE);

  private final List<byte[]> patterns = new ArrayList<>();
  private final boolean[] begins = new boolean[256];

  /**
   * These words.
   *
   * @throws IllegalArgumentException one is shorter than 2 or longer than {@value #LONGEST}
   *     characters, or there are more than {@value #MOST}
   */
  public Words(Collection<String> words) {
    if (words.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " words, got " + words.size());
    }
    Set<List<Byte>> known = new LinkedHashSet<>();
    for (String word : words) {
      if (word.length() < 2 || word.length() > LONGEST) {
        throw new IllegalArgumentException(
            "a word has 2 to " + LONGEST + " characters, got one of " + word.length());
      }
      // letters beyond ASCII change more than a bit
      for (String spelling : List.of(word, word.toLowerCase(ROOT), word.toUpperCase(ROOT))) {
        for (Charset encoding : ENCODINGS) {
          add(spelling.getBytes(encoding), known);
        }
      }
    }
  }

  private void add(byte[] bytes, Set<List<Byte>> known) {
    var key = new ArrayList<Byte>();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = lower(bytes[i]);
      key.add(bytes[i]);
    }
    if (known.add(key)) {
      patterns.add(bytes);
      begins[bytes[0] & 0xFF] = true;
    }
  }

  @Override
  public int find(byte[] bytes, BitSet marks) {
    int settled = bytes.length;
    for (int i = 0; i < bytes.length; i++) {
      if (!begins[lower(bytes[i]) & 0xFF]) {
        continue;
      }
      for (byte[] pattern : patterns) {
        int same = same(bytes, i, pattern);
        if (same == pattern.length) {
          marks.set(i, i + same);
        } else if (i + same == bytes.length) {
          settled = Math.min(settled, i);
        }
      }
    }
    return settled;
  }

  private static int same(byte[] bytes, int from, byte[] pattern) {
    int most = Math.min(pattern.length, bytes.length - from);
    int same = 0;
    while (same < most && lower(bytes[from + same]) == pattern[same]) {
      same++;
    }
    return same;
  }

  /** ASCII and Latin-1 letters alike; a byte of something else only finds a little more. */
  private static byte lower(byte b) {
    boolean upper = b >= 'A' && b <= 'Z' || (b & 0xFF) >= 0xC0 && (b & 0xFF) <= 0xDE;
    return upper ? (byte) (b + 0x20) : b;
  }
}
