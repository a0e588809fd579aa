package io.medtwin.app.metrics;

import io.medtwin.app.config.GatewayConfig;
import io.medtwin.app.wiring.Gateway;
import io.medtwin.journal.JournalState;
import io.medtwin.runtime.session.LinkView;
import io.medtwin.twin.backend.TwinBackend.Reach;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.Latency;
import io.medtwin.twin.keeper.Traffic;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.ledger.Balance;
import java.time.Instant;
import java.util.List;

/**
 * The gateway at one moment, as one scrape tells it.
 *
 * @param at when
 * @param version of the installation
 * @param total ledger of all devices together
 * @param exact whether every line of every ledger is exact
 * @param outages of Ditto so far
 * @param devices all but the gateway itself, in the order of the file
 * @param unclaimed devices that were heard and nobody configured
 * @param traffic what goes through the keeper
 * @param latencies how long it takes to each stage
 * @param journal how the journal is
 * @param connected whether Ditto is connected
 * @param links each link
 * @param refusedProfiles profiles that were saved and could not be used
 */
record Snapshot(
    Instant at,
    String version,
    Balance total,
    boolean exact,
    long outages,
    List<DeviceView> devices,
    int unclaimed,
    Traffic traffic,
    List<Latency> latencies,
    JournalState journal,
    boolean connected,
    List<LinkView> links,
    long refusedProfiles) {

  Snapshot {
    devices = List.copyOf(devices);
    latencies = List.copyOf(latencies);
    links = List.copyOf(links);
  }

  /** That of a gateway now; takes no lock of the line. */
  static Snapshot of(Gateway gateway, String version, long outages, Instant now) {
    var accounts = gateway.keeper().accounts();
    return new Snapshot(
        now,
        version,
        accounts.stream().map(Account::total).reduce(Balance.NONE, Balance::plus),
        accounts.stream().allMatch(Account::isExact),
        outages,
        gateway.keeper().views().stream()
            .filter(device -> !device.device().equals(GatewayConfig.SELF))
            .toList(),
        gateway.sessions().unclaimed().list().size(),
        gateway.keeper().traffic(),
        gateway.latencies(),
        gateway.journal(),
        gateway.backend().reach() == Reach.CONNECTED,
        gateway.sessions().links(),
        gateway.refusedProfiles());
  }
}
