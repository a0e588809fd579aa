package io.medtwin.driver.alarisasena;

import java.util.ArrayList;
import java.util.List;

/**
 * One request or answer: its fields without framing and CRC. The first field names the command; an
 * answer repeats it. Fields may be empty or blank and keep their position.
 *
 * @param fields command name, then the rest; printable ASCII without {@code ! ^ |}
 */
public record AsenaFrame(List<String> fields) implements Decoded {

  public AsenaFrame {
    fields = List.copyOf(fields);
    if (fields.isEmpty() || fields.getFirst().isBlank()) {
      throw new IllegalArgumentException("a frame starts with the name of its command");
    }
    for (var field : fields) {
      if (!field.chars().allMatch(AsenaFrame::mayBeInField)) {
        throw new IllegalArgumentException(
            fields.getFirst() + ": a field holds printable ASCII without ! ^ |");
      }
    }
  }

  /** A frame of these fields. */
  public static AsenaFrame of(String command, String... rest) {
    var fields = new ArrayList<String>();
    fields.add(command);
    fields.addAll(List.of(rest));
    return new AsenaFrame(fields);
  }

  /** Name of the command, {@code INF}. */
  public String command() {
    return fields.getFirst();
  }

  /** The field at {@code index} without padding; empty where the frame is shorter. */
  public String field(int index) {
    return index < fields.size() ? fields.get(index).strip() : "";
  }

  static boolean mayBeInField(int character) {
    return character >= ' ' && character <= '~' && "!^|".indexOf(character) < 0;
  }
}
