package io.medtwin.console.api;

import io.medtwin.console.json.JsonWriter;
import io.medtwin.console.line.GatewayFacts;
import io.medtwin.console.line.GatewayLine;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.ledger.Balance;
import java.time.Instant;
import java.util.List;

/** The gateway itself. */
public final class GatewayJson {

  /** On every page. */
  static final String NOTICE = "Secondary display. The bedside device is the primary alarm.";

  private GatewayJson() {}

  /** The gateway now. */
  public static byte[] of(GatewayLine line, Instant now) {
    var facts = line.facts();
    var journal = line.journal();
    var accounts = line.accounts();
    var devices = line.devices();
    int unclaimed = line.unclaimed().size();
    return JsonWriter.object(
        out -> {
          facts(out, facts, now);
          out.object(
                  "journal",
                  members ->
                      members
                          .text("health", journal.health().word())
                          .text("why", journal.why())
                          .time("since", journal.since())
                          .number("bytes", journal.bytes())
                          .number("maxBytes", journal.maxBytes()))
              .object("totals", members -> totals(members, accounts))
              .object("devices", members -> counts(members, facts, devices, unclaimed, now));
        });
  }

  private static void facts(JsonWriter out, GatewayFacts facts, Instant now) {
    out.text("id", facts.id())
        .text("site", facts.site())
        .text("version", facts.version())
        .time("startedAt", facts.startedAt())
        .time("now", now)
        .flag("demo", facts.demo())
        .text("thingId", facts.thingId())
        .object("ditto", ditto -> ditto.text("url", facts.ditto()).text("reach", facts.reach()))
        .text("notice", NOTICE);
  }

  private static void totals(JsonWriter out, List<Account> accounts) {
    LedgerJson.balance(out, total(accounts));
    out.flag("exact", accounts.stream().allMatch(Account::isExact));
  }

  static Balance total(List<Account> accounts) {
    return accounts.stream().map(Account::total).reduce(Balance.NONE, Balance::plus);
  }

  /** The gateway itself is a device with a twin, and none of those that are counted. */
  private static void counts(
      JsonWriter out, GatewayFacts facts, List<DeviceView> devices, int unclaimed, Instant now) {
    long all = 0;
    long live = 0;
    long exceptions = 0;
    long muted = 0;
    for (DeviceView device : devices) {
      if (device.thingId().equals(facts.thingId())) {
        continue;
      }
      all++;
      live += device.isLive() ? 1 : 0;
      if (device.isMuted(now)) {
        muted++;
      } else if (!Exceptions.of(device, now).isEmpty()) {
        exceptions++;
      }
    }
    out.number("all", all)
        .number("live", live)
        .number("exceptions", exceptions)
        .number("muted", muted)
        .number("unclaimed", unclaimed);
  }
}
