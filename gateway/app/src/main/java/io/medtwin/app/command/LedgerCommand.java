package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medtwin.journal.Journal;
import io.medtwin.journal.Replay;
import io.medtwin.journal.sqlite.SqliteJournal;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.keeper.LedgerReader;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.ledger.Gap;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code medtwin ledger}: what became of every report, told from the journal alone. The gateway may
 * run meanwhile or be dead.
 */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = {
      "What became of every report, from the journal: received = delivered + coalesced + pending",
      "+ rejected + expired. The gateway may run meanwhile, or be dead."
    })
final class LedgerCommand implements Callable<Integer> {

  private static final String ROW = "%-16s %-28s %10s %10s %10s %8s %8s %8s%n";

  private final Environment environment;

  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The gateway's YAML file.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Write the result as JSON.")
  private boolean json;

  LedgerCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    LedgerReader.Read read;
    try {
      var loaded = Loaded.from(file, environment);
      loaded.plugins().close();
      var folder = loaded.config().journal().folder();
      read =
          LedgerReader.read(
              loaded.plan().devices(),
              loaded.units(),
              environment.clock().instant(),
              replay -> recover(folder, replay));
    } catch (DocumentException e) {
      environment.err().println(e.getMessage());
      return ExitCode.CONFIG;
    } catch (UncheckedIOException e) {
      environment.err().println("medtwin: " + Objects.requireNonNull(e.getCause()).getMessage());
      return ExitCode.FAILED;
    }
    if (json) {
      environment.out().println(asJson(read));
    } else {
      print(read);
    }
    return read.isExact() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static Journal.End recover(Path folder, Replay replay) {
    try {
      return SqliteJournal.read(folder, replay);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(LedgerReader.Read read) {
    var out = environment.out();
    out.printf(
        Locale.ROOT,
        ROW,
        "DEVICE",
        "WHAT",
        "RECEIVED",
        "DELIVERED",
        "COALESCED",
        "PENDING",
        "REJECTED",
        "EXPIRED");
    for (Account account : read.accounts()) {
      account.balances().forEach((line, balance) -> row(account.device(), line, balance));
    }
    row("all", "", total(read));
    for (Account account : read.accounts()) {
      for (Gap gap : account.gaps()) {
        out.println(
            "gap  "
                + account.device()
                + "  "
                + gap.from()
                + " to "
                + gap.to()
                + "  "
                + gap.reason());
      }
    }
    read.damages().forEach(damage -> out.println("damaged  " + damage));
    out.println(
        read.isExact()
            ? "every report is accounted for"
            : "NOT BALANCED: this is a bug, please report it with this table");
  }

  private void row(String device, String line, Balance balance) {
    environment
        .out()
        .printf(
            Locale.ROOT,
            ROW,
            device,
            line,
            balance.received(),
            balance.delivered(),
            balance.coalesced(),
            balance.pending(),
            balance.rejected(),
            balance.expired());
  }

  private static Balance total(LedgerReader.Read read) {
    return read.accounts().stream().map(Account::total).reduce(Balance.NONE, Balance::plus);
  }

  private static String asJson(LedgerReader.Read read) throws IOException {
    var text = new StringWriter();
    try (var out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      out.writeStartObject();
      out.writeBooleanField("balanced", read.isExact());
      out.writeNumberField("position", read.end().position());
      out.writeArrayFieldStart("devices");
      for (Account account : read.accounts()) {
        device(out, account);
      }
      out.writeEndArray();
      out.writeObjectFieldStart("total");
      columns(out, total(read));
      out.writeEndObject();
      out.writeArrayFieldStart("damages");
      for (String damage : read.damages()) {
        out.writeString(damage);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text.toString();
  }

  private static void device(JsonGenerator out, Account account) throws IOException {
    out.writeStartObject();
    out.writeStringField("device", account.device());
    out.writeStringField("thingId", account.thingId());
    out.writeNumberField("epoch", account.epoch());
    out.writeNumberField("seq", account.seq());
    out.writeArrayFieldStart("metrics");
    for (var entry : account.balances().entrySet()) {
      out.writeStartObject();
      out.writeStringField("metric", entry.getKey());
      columns(out, entry.getValue());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("gaps");
    for (Gap gap : account.gaps()) {
      out.writeStartObject();
      out.writeStringField("from", gap.from().toString());
      out.writeStringField("to", gap.to().toString());
      out.writeStringField("reason", gap.reason());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("gapsBefore", account.gapsBefore());
    out.writeEndObject();
  }

  private static void columns(JsonGenerator out, Balance balance) throws IOException {
    out.writeNumberField("received", balance.received());
    out.writeNumberField("delivered", balance.delivered());
    out.writeNumberField("coalesced", balance.coalesced());
    out.writeNumberField("pending", balance.pending());
    out.writeNumberField("rejected", balance.rejected());
    out.writeNumberField("expired", balance.expired());
  }
}
