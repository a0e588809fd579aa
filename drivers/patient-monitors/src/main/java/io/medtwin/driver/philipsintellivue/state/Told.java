package io.medtwin.driver.philipsintellivue.state;

import io.medtwin.spi.Report;
import java.util.ArrayList;
import java.util.List;

/** What one step tells and what it could not read. Made anew for each step, used by one thread. */
final class Told {

  private final List<Report> reports = new ArrayList<>();
  private final List<MonitorState.Unread> unread = new ArrayList<>();

  void report(Report report) {
    reports.add(report);
  }

  void unread(String why, int bytes) {
    unread.add(new MonitorState.Unread(why, bytes));
  }

  List<Report> reports() {
    return List.copyOf(reports);
  }

  List<MonitorState.Unread> unread() {
    return List.copyOf(unread);
  }
}
