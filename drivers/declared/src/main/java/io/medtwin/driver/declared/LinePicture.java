package io.medtwin.driver.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shape of a line: {@code #} one digit, {@code @} one letter, {@code ?} any one character, a
 * blank any run of blanks (at least one), {@code *} anything or nothing, {@code \} before one of
 * these the character itself; everything else stands for itself. No regular expressions: a picture
 * costs at most the square of the line for each {@code *}, whatever the line.
 */
final class LinePicture {

  /** Most {@code *} of a picture. */
  static final int MAX_PARTS = 16;

  private enum Kind {
    DIGIT,
    LETTER,
    ANY,
    BLANKS,
    LITERAL
  }

  private record Symbol(Kind kind, char literal) {

    boolean fits(char c) {
      return switch (kind) {
        case DIGIT -> c >= '0' && c <= '9';
        case LETTER -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        case ANY -> true;
        case BLANKS -> isBlank(c);
        case LITERAL -> c == literal;
      };
    }
  }

  /** Pieces between the {@code *}, of which there is one less. */
  private final List<List<Symbol>> pieces;

  private LinePicture(List<List<Symbol>> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  static LinePicture parse(String text) {
    var pieces = new ArrayList<List<Symbol>>();
    var piece = new ArrayList<Symbol>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '#' -> piece.add(new Symbol(Kind.DIGIT, c));
        case '@' -> piece.add(new Symbol(Kind.LETTER, c));
        case '?' -> piece.add(new Symbol(Kind.ANY, c));
        case '*' -> {
          pieces.add(List.copyOf(piece));
          piece.clear();
        }
        case ' ' -> {
          if (piece.isEmpty() || piece.getLast().kind() != Kind.BLANKS) {
            piece.add(new Symbol(Kind.BLANKS, c));
          }
        }
        case '\\' -> {
          if (++i == text.length()) {
            throw Entry.problem("expected a character behind the last \\ of like=");
          }
          piece.add(new Symbol(Kind.LITERAL, text.charAt(i)));
        }
        default -> piece.add(new Symbol(Kind.LITERAL, c));
      }
    }
    pieces.add(List.copyOf(piece));
    if (pieces.size() > MAX_PARTS + 1) {
      throw Entry.problem("expected at most " + MAX_PARTS + " * in like=");
    }
    return new LinePicture(pieces);
  }

  /** How many {@code *} it has. */
  int parts() {
    return pieces.size() - 1;
  }

  /**
   * What each {@code *} stood for, without blanks around it, or empty if the line has another
   * shape. Each but the last takes as little as it can.
   */
  Optional<List<String>> match(String line) {
    int at = end(pieces.getFirst(), line, 0);
    if (at < 0 || (pieces.size() == 1 && at != line.length())) {
      return Optional.empty();
    }
    var parts = new ArrayList<String>();
    for (int i = 1; i < pieces.size(); i++) {
      var piece = pieces.get(i);
      boolean last = i == pieces.size() - 1;
      int start =
          last && !piece.isEmpty() ? lastStart(piece, line, at) : firstStart(piece, line, at);
      if (last && piece.isEmpty()) {
        start = line.length();
      }
      if (start < 0) {
        return Optional.empty();
      }
      parts.add(line.substring(at, start).strip());
      at = end(piece, line, start);
    }
    return Optional.of(List.copyOf(parts));
  }

  private static int firstStart(List<Symbol> piece, String line, int from) {
    for (int start = from; start <= line.length(); start++) {
      if (end(piece, line, start) >= 0) {
        return start;
      }
    }
    return -1;
  }

  /** The first start from which the piece reaches the end of the line. */
  private static int lastStart(List<Symbol> piece, String line, int from) {
    for (int start = from; start <= line.length(); start++) {
      if (end(piece, line, start) == line.length()) {
        return start;
      }
    }
    return -1;
  }

  /** Where a piece ends that starts here, or -1 where it does not stand here. */
  private static int end(List<Symbol> piece, String line, int start) {
    int at = start;
    for (var symbol : piece) {
      if (at >= line.length() || !symbol.fits(line.charAt(at))) {
        return -1;
      }
      at++;
      while (symbol.kind() == Kind.BLANKS && at < line.length() && isBlank(line.charAt(at))) {
        at++;
      }
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
