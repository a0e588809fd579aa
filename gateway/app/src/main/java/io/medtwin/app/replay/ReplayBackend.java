package io.medtwin.app.replay;

import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.TwinBackend;
import io.medtwin.twin.backend.TwinCommand;
import io.medtwin.twin.snapshot.PatchText;
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
          case TwinCommand.Merge merge -> {
            output.merges++;
            output
                .line(device)
                .append("merge ")
                .append(merge.epoch())
                .append('/')
                .append(merge.seq())
                .append(' ')
                .append(PatchText.write(merge.patch()));
            output.end();
            yield new Answer.Stored();
          }
        });
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
