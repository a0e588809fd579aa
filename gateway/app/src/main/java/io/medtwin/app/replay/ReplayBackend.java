package io.medtwin.app.replay;

import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinCommand;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes every merge at once, and writes it down. */
final class ReplayBackend implements TwinBackend {

  private final Map<String, String> devices;
  private final ReplayOutput output;

  /**
   * @param devices device of each thing
   */
  ReplayBackend(Map<String, String> devices, ReplayOutput output) {
    this.devices = devices;
    this.output = output;
  }

  @Override
  public void start() {}

  @Override
  public CompletionStage<Answer> submit(TwinCommand command) {
    var device = devices.getOrDefault(command.thingId(), command.thingId());
    return CompletableFuture.completedFuture(
        switch (command) {
          case TwinCommand.Provision _ -> {
            output.line(device).append("provision");
            output.end();
            yield new Answer.Provisioned(true, 0, 0);
          }
          case TwinCommand.Recall _ -> new Answer.Recalled(Patch.EMPTY);
          case TwinCommand.Merge merge -> {
            output.merges++;
            var line = output.line(device);
            line.append("merge ").append(merge.epoch()).append('/').append(merge.seq()).append(' ');
            write(merge.patch(), line);
            output.end();
            yield new Answer.Stored();
          }
        });
  }

  /** As JSON whose members are in the order of their names: the order they were put in may vary. */
  private static void write(Patch patch, StringBuilder line) {
    var names = patch.members().keySet().toArray(new String[0]);
    Arrays.sort(names);
    char before = '{';
    for (String name : names) {
      line.append(before);
      write(name, line);
      line.append(':');
      switch (patch.members().get(name)) {
        case Patch inner -> write(inner, line);
        case String text -> write(text, line);
        case BigDecimal number -> line.append(number.toPlainString());
        case Boolean bool -> line.append(bool);
        case Long number -> line.append(number);
        case null, default -> line.append("null");
      }
      before = ',';
    }
    line.append(names.length == 0 ? "{}" : "}");
  }

  private static void write(String text, StringBuilder line) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < ' ') {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }

  @Override
  public Reach reach() {
    return Reach.CONNECTED;
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public void close() {}
}
