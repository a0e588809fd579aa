package io.medtwin.app.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The registry of this process. What Micrometer knows of Java and the process goes through its
 * binders; what we know of the gateway is made of one snapshot a scrape. What the catalogue does
 * not explain is not told.
 */
final class Exposition {

  private final PrometheusMeterRegistry registry;

  Exposition(Supplier<Snapshot> snapshots) {
    var catalogue = Catalogue.read();
    var prometheus = new PrometheusRegistry();
    prometheus.register(() -> Families.of(catalogue, snapshots.get()));
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, prometheus, Clock.SYSTEM);
    registry.config().meterFilter(new Explaining(registry, catalogue));
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    bindProcessorTime(registry);
    bindCollections(registry);
  }

  String text() {
    return registry.scrape();
  }

  /** In seconds, as everybody's dashboards have it; Micrometer tells nanoseconds. */
  private static void bindProcessorTime(MeterRegistry registry) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    if (system instanceof com.sun.management.OperatingSystemMXBean process) {
      FunctionCounter.builder("process.cpu", process, bean -> bean.getProcessCpuTime() / 1e9)
          .baseUnit("seconds")
          .register(registry);
    }
  }

  /** From the start of the process on; Micrometer's binder counts from its own first moment. */
  private static void bindCollections(MeterRegistry registry) {
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      FunctionTimer.builder(
              "jvm.gc.collection",
              collector,
              bean -> Math.max(0, bean.getCollectionCount()),
              bean -> Math.max(0, bean.getCollectionTime()),
              TimeUnit.MILLISECONDS)
          .tag("gc", collector.getName())
          .register(registry);
    }
  }

  /** Gives each meter the catalogue's words, and lets no other through. */
  private record Explaining(MeterRegistry registry, Catalogue catalogue) implements MeterFilter {

    @Override
    public Meter.Id map(Meter.Id id) {
      return explained(id)
          .map(
              metric ->
                  new Meter.Id(
                      id.getName(),
                      Tags.of(id.getTags()),
                      id.getBaseUnit(),
                      metric.meaning(),
                      id.getType()))
          .orElse(id);
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
      return explained(id).isPresent() ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }

    /** Suffixes that come later: that of counters, and the unit of what is given as a time. */
    private Optional<Explained> explained(Meter.Id id) {
      var name = id.getConventionName(registry.config().namingConvention());
      return catalogue
          .find(name)
          .or(() -> catalogue.find(name + "_total"))
          .or(() -> catalogue.find(name + "_seconds"));
    }
  }
}
