package io.medtwin.benchmarks;

import io.medtwin.benchmarks.report.Machine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code medtwin bench figures}: every run, one after the other, into one file. */
@Command(
    name = "figures",
    mixinStandardHelpOptions = true,
    description =
        "Do the short form of every run (about 15 minutes) or, with --long, the whole (about two"
            + " hours).")
public final class FiguresCommand implements Callable<Integer> {

  private static final List<List<String>> SHORT =
      List.of(
          List.of("start", "--rounds", "5"),
          List.of("W1", "--rates", "5000,20000,30000", "--seconds", "8", "--flood", "300000"),
          List.of("W2", "--rates", "1000,5000", "--seconds", "8"),
          List.of("W3", "--outages", "5"),
          List.of("W4", "--rounds", "3"),
          List.of("W5", "--seconds", "30"),
          List.of("W6", "--seconds", "30"),
          List.of("W8", "--monitors", "64", "--seconds", "20"),
          List.of("W9", "--seconds", "10"),
          List.of("storage", "--seconds", "2", "--rows", "300000", "--kills", "1"),
          List.of("jmh", "--short"));

  private static final List<List<String>> LONG =
      List.of(
          List.of("start", "--rounds", "15"),
          List.of("W1", "--devices", "50,200,500,1000", "--seconds", "20", "--flood", "1000000"),
          List.of("W1", "--rates", "20000", "--bare", "each"),
          List.of("W2", "--devices", "50,500"),
          List.of("W3", "--outages", "5,60,600"),
          List.of("W4", "--rounds", "10", "--prefill", "5000000"),
          List.of("W5", "--seconds", "120"),
          List.of("W6", "--seconds", "3600", "--every", "300"),
          List.of("W8", "--monitors", "8,16,32,64", "--seconds", "60"),
          List.of("W9", "--seconds", "60"),
          List.of("storage"),
          List.of("jmh"));

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--long", description = "The whole.")
  private boolean whole;

  @Option(names = "--only", split = ",", description = "Only these runs, such as W1,W5.")
  private List<String> only = List.of();

  @Option(
      names = "--out",
      description = "Write them here as well, such as gateway/benchmarks/RESULTS.md.")
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    var text = new StringBuilder();
    text.append("# Results\n\nWritten by `./medtwin bench figures");
    text.append(whole ? " --long" : "")
        .append("`; what each run does: [README.md](README.md).\n\n");
    text.append(Machine.here().line()).append("\n\n");
    var failed = new ArrayList<String>();
    for (List<String> run : whole ? LONG : SHORT) {
      if (!only.isEmpty() && !only.contains(run.getFirst())) {
        continue;
      }
      spec.commandLine().getErr().println("== " + String.join(" ", run));
      var result = new StringWriter();
      int code =
          Main.commandLine().setOut(new PrintWriter(result)).execute(run.toArray(String[]::new));
      if (code == 0) {
        text.append(result).append('\n');
      } else {
        failed.add(run.getFirst());
        text.append("## ").append(run.getFirst()).append("\n\nFailed.\n\n");
      }
      if (file != null) {
        Files.writeString(file, text);
      }
    }
    spec.commandLine().getOut().println(text);
    return failed.isEmpty() ? 0 : 1;
  }
}
