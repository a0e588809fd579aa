package io.medtwin.console.api;

import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.ledger.Gap;
import io.medtwin.twin.ledger.Outage;
import java.time.Instant;

/** What became of every report. */
public final class LedgerJson {

  private LedgerJson() {}

  /** The ledger now. */
  public static byte[] of(GatewayLine line, Instant now) {
    var accounts = line.accounts();
    var outages = line.outages();
    return JsonWriter.object(
        out ->
            out.time("at", now)
                .flag("exact", accounts.stream().allMatch(Account::isExact))
                .object("total", total -> balance(total, GatewayJson.total(accounts)))
                .list("devices", accounts, LedgerJson::account)
                .list("outages", outages, (each, outage) -> outage(each, outage, now)));
  }

  private static void account(JsonWriter out, Account account) {
    out.text("device", account.device())
        .text("thingId", account.thingId())
        .number("epoch", account.epoch())
        .number("seq", account.seq())
        .flag("exact", account.isExact())
        .object("total", total -> balance(total, account.total()))
        .list(
            "metrics",
            account.balances().entrySet(),
            (each, line) -> {
              each.text("metric", line.getKey().replace('/', '.'));
              balance(each, line.getValue());
            })
        .list("gaps", account.gaps(), LedgerJson::gap)
        .number("gapsBefore", account.gapsBefore());
  }

  private static void outage(JsonWriter out, Outage outage, Instant now) {
    out.time("from", outage.from())
        .time("to", outage.to())
        .time("drainedAt", outage.drainedAt())
        .number("stored", outage.stored())
        .number("lost", outage.lost())
        .text("sentence", OutageSentence.of(outage, now));
  }

  static void gap(JsonWriter out, Gap gap) {
    out.time("from", gap.from()).time("to", gap.to()).text("reason", gap.reason());
  }

  static void balance(JsonWriter out, Balance balance) {
    out.number("received", balance.received())
        .number("delivered", balance.delivered())
        .number("coalesced", balance.coalesced())
        .number("pending", balance.pending())
        .number("rejected", balance.rejected())
        .number("expired", balance.expired());
  }
}
