package io.medtwin.app.view;

import java.util.ArrayList;
import java.util.List;

/** The few things of a VT100 that the screen uses, with scrolling. */
final class FakeTerminal {

  private final List<StringBuilder> rows = new ArrayList<>();
  private int row;
  private int column;
  private int savedRow;
  private int savedColumn;

  FakeTerminal(int height) {
    for (int i = 0; i < height; i++) {
      rows.add(new StringBuilder());
    }
  }

  /** What stands on it, without the empty rows at its end. */
  List<String> lines() {
    var lines = new ArrayList<>(rows.stream().map(StringBuilder::toString).toList());
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  void print(String text) {
    int at = 0;
    while (at < text.length()) {
      at = text.charAt(at) == '\u001b' ? obey(text, at + 1) : put(text.charAt(at), at);
    }
  }

  private int put(char character, int at) {
    if (character == '\n') {
      column = 0;
      if (row == rows.size() - 1) {
        rows.removeFirst();
        rows.add(new StringBuilder());
      } else {
        row++;
      }
    } else {
      var line = rows.get(row);
      while (line.length() <= column) {
        line.append(' ');
      }
      line.setCharAt(column++, character);
    }
    return at + 1;
  }

  private int obey(String text, int at) {
    switch (text.charAt(at)) {
      case '7' -> {
        savedRow = row;
        savedColumn = column;
        return at + 1;
      }
      case '8' -> {
        row = savedRow;
        column = savedColumn;
        return at + 1;
      }
      default -> {
        int end = at + 1;
        while (Character.isDigit(text.charAt(end))) {
          end++;
        }
        command(text.charAt(end), text.substring(at + 1, end));
        return end + 1;
      }
    }
  }

  private void command(char command, String number) {
    switch (command) {
      case 'F' -> {
        row = Math.max(0, row - Integer.parseInt(number));
        column = 0;
      }
      case 'K' -> clearRest(row);
      case 'J' -> {
        clearRest(row);
        for (int below = row + 1; below < rows.size(); below++) {
          rows.get(below).setLength(0);
        }
      }
      default -> throw new AssertionError("unknown command " + command);
    }
  }

  private void clearRest(int of) {
    var line = rows.get(of);
    line.setLength(Math.min(line.length(), column));
  }
}
