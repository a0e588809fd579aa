package io.medtwin.app.command;

import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.vocabulary.Entry;
import io.medtwin.twin.vocabulary.EnumWord;
import io.medtwin.twin.vocabulary.Term;
import io.medtwin.twin.vocabulary.UnitTerm;
import io.medtwin.twin.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medtwin vocab}: looks terms, units and enumerations up. Opens nothing but its files. */
@Command(
    name = "vocab",
    mixinStandardHelpOptions = true,
    description = "Look up codes, units and words of IEEE 11073-10101 that profiles use.")
final class VocabCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private VocabCommand() {}

  /** The command with what is under it. */
  static CommandLine line(Environment environment) {
    return new CommandLine(new VocabCommand())
        .addSubcommand(new Find(environment))
        .addSubcommand(new Show(environment))
        .addSubcommand(new Unit(environment));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: find, show or unit");
  }

  /**
   * What the three have in common: a vocabulary, an answer, and what to say where there is none.
   */
  private abstract static class Lookup implements Callable<Integer> {

    private final Environment environment;

    @Option(names = "--json", description = "Write the result as JSON.")
    private boolean json;

    Lookup(Environment environment) {
      this.environment = environment;
    }

    /** What was asked for. */
    abstract String asked();

    /** What there is. */
    abstract List<Entry> found(Vocabulary vocabulary);

    /** Writes it for people. */
    abstract void print(PrintStream out, List<Entry> found, Vocabulary vocabulary);

    @Override
    public Integer call() throws IOException {
      Vocabulary vocabulary;
      try {
        vocabulary = Vocabulary.read(environment.installation().vocabulary());
      } catch (DocumentException e) {
        environment.err().println(e.getMessage());
        return ExitCode.CONFIG;
      }
      var found = found(vocabulary);
      if (json) {
        environment.out().println(VocabJson.of(asked(), found, vocabulary));
      } else if (!found.isEmpty()) {
        print(environment.out(), found, vocabulary);
      }
      if (found.isEmpty()) {
        environment
            .err()
            .println(
                "medtwin: the vocabulary has nothing for \""
                    + asked()
                    + "\""
                    + vocabulary.suggestionFor(asked()));
        return ExitCode.FAILED;
      }
      return ExitCode.OK;
    }
  }

  /** {@code medtwin vocab find WORDS}: the best first, one a line. */
  @Command(
      name = "find",
      mixinStandardHelpOptions = true,
      description = "Search terms, units and words of enumerations; the best come first.")
  private static final class Find extends Lookup {

    private static final String ROW = "%-8s %-9s %-10s %-42s %-10s %s%n";

    @Parameters(arity = "1..*", paramLabel = "WORDS", description = "All of them must fit.")
    private List<String> words = new ArrayList<>();

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "15",
        description = "Most lines, 1 to " + Vocabulary.FIND_LIMIT + " (default: 15).")
    private int limit;

    @Spec private CommandSpec spec = CommandSpec.create();

    Find(Environment environment) {
      super(environment);
    }

    @Override
    String asked() {
      return String.join(" ", words);
    }

    @Override
    List<Entry> found(Vocabulary vocabulary) {
      if (limit < 1 || limit > Vocabulary.FIND_LIMIT) {
        throw new ParameterException(
            spec.commandLine(), "--limit: expected 1 to " + Vocabulary.FIND_LIMIT);
      }
      return vocabulary.find(asked(), limit);
    }

    @Override
    void print(PrintStream out, List<Entry> found, Vocabulary vocabulary) {
      out.printf(Locale.ROOT, ROW, "CODE", "KIND", "UNIT", "LABEL", "LOINC", "NAME");
      for (Entry entry : found) {
        switch (entry) {
          case Term term ->
              row(
                  out,
                  String.valueOf(term.code()),
                  VocabText.kind(term),
                  term.ucum(),
                  term,
                  term.loinc(),
                  term.refid());
          case UnitTerm unit ->
              row(out, String.valueOf(unit.code()), "unit", unit.ucum(), unit, "", unit.refid());
          case EnumWord word -> row(out, "", "word", "", word, "", word.token());
        }
      }
      if (found.stream().anyMatch(Entry::hasSingleSource)) {
        out.println("* from a single source: to be confirmed before a value depends on it");
      }
    }

    private static void row(
        PrintStream out,
        String code,
        String kind,
        String unit,
        Entry entry,
        String loinc,
        String name) {
      var label = entry.label() + (entry.hasSingleSource() ? " *" : "");
      out.printf(Locale.ROOT, ROW, code, kind, unit, label, loinc, name);
    }
  }

  /** {@code medtwin vocab show CODE|REFID}: all that is known. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show all that is known of a code, a reference id, or a word.")
  private static final class Show extends Lookup {

    @Parameters(
        paramLabel = "CODE|REFID",
        description = "Context-free code, reference id, alias, or word of an enumeration.")
    private String name = "";

    Show(Environment environment) {
      super(environment);
    }

    @Override
    String asked() {
      return name;
    }

    @Override
    List<Entry> found(Vocabulary vocabulary) {
      var found = new ArrayList<Entry>();
      if (name.matches("[0-9]{1,10}")) {
        long code = Long.parseLong(name);
        vocabulary.term(code).ifPresent(found::add);
        vocabulary.unit(code).ifPresent(found::add);
      }
      var upper = name.toUpperCase(Locale.ROOT);
      found.addAll(vocabulary.named(upper));
      vocabulary.units().stream()
          .filter(unit -> unit.refid().equals(upper) || unit.aliases().contains(upper))
          .forEach(found::add);
      vocabulary.words().stream().filter(word -> word.token().equals(name)).forEach(found::add);
      return found;
    }

    @Override
    void print(PrintStream out, List<Entry> found, Vocabulary vocabulary) {
      VocabText.print(out, found, vocabulary);
    }
  }

  /** {@code medtwin vocab unit TEXT}: the unit that a text means. */
  @Command(
      name = "unit",
      mixinStandardHelpOptions = true,
      description = "Show the units that a UCUM unit, a reference id or a device's spelling means.")
  private static final class Unit extends Lookup {

    @Parameters(paramLabel = "UNIT", description = "mmHg, mm[Hg], MDC_DIM_MMHG or 266016.")
    private String text = "";

    Unit(Environment environment) {
      super(environment);
    }

    @Override
    String asked() {
      return text;
    }

    @Override
    List<Entry> found(Vocabulary vocabulary) {
      if (text.matches("[0-9]{2,10}")) {
        return List.copyOf(vocabulary.unit(Long.parseLong(text)).stream().toList());
      }
      return List.copyOf(vocabulary.unitsSpelled(text));
    }

    @Override
    void print(PrintStream out, List<Entry> found, Vocabulary vocabulary) {
      VocabText.print(out, found, vocabulary);
    }
  }
}
