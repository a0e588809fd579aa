package io.medtwin.benchmarks.load;

import io.medtwin.simulator.bedside.EcgMonitor;
import io.medtwin.simulator.device.BroadcastDevice;
import io.medtwin.simulator.device.Corruption;
import io.medtwin.simulator.device.TcpServerOutlet;
import io.medtwin.simulator.physiology.Patient;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Simulated ECG monitors as a process. Says their ports in one line, then plays on. */
@Command(name = "monitors", hidden = true)
public final class MonitorsCommand implements Callable<Integer> {

  @Option(names = "--count", required = true)
  private int count;

  @Override
  public Integer call() throws Exception {
    var ports = new StringBuilder();
    var monitors = new ArrayList<BroadcastDevice<byte[]>>();
    for (int i = 0; i < count; i++) {
      var outlet = new TcpServerOutlet(0);
      var monitor =
          BroadcastDevice.ofBytes(
              "ecg-" + i,
              new EcgMonitor(new Patient(i)),
              outlet,
              Corruption.withoutChecksum(new SplittableRandom(i)),
              1);
      monitor.start();
      monitors.add(monitor);
      ports.append(outlet.address().getPort()).append(' ');
    }
    System.out.println(ports.toString().strip());
    while (System.in.read() >= 0) {
      // until whoever started it closes the pipe
    }
    monitors.forEach(BroadcastDevice::close);
    return 0;
  }
}
