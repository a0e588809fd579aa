package io.medtwin.app.view;

import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.spi.Identity.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Devices that were heard and that nobody configured, as text. Pure. */
public final class UnclaimedList {

  private static final String MARGIN = "    ";
  private static final int WIDTH = 100;

  private UnclaimedList() {}

  /**
   * The lines.
   *
   * @param likeness configured device that a device may be, by hub and address
   */
  public static List<String> lines(
      List<UnclaimedDevice> devices, GatewayLife life, Map<String, String> likeness) {
    var lines = new ArrayList<String>();
    lines.add(life.line());
    if (devices.isEmpty()) {
      lines.add("no device was heard behind a hub that nobody configured");
      return lines;
    }
    var table = new Columns("HUB/ADDRESS", "DRIVER", "FIRST HEARD", "LAST", "REPORTS");
    for (UnclaimedDevice device : devices) {
      table.row(
          name(device),
          device.driver(),
          device.firstHeard().toString(),
          Columns.ago(device.lastHeard(), life.now()),
          String.valueOf(device.reports()));
    }
    var rows = table.lines();
    lines.add(rows.getFirst());
    for (int i = 0; i < devices.size(); i++) {
      var device = devices.get(i);
      lines.add(rows.get(i + 1));
      said(lines, device);
      told(lines, device);
      var like = likeness.get(name(device));
      if (like != null) {
        lines.add(MARGIN + "may be " + like);
      }
    }
    lines.add("");
    lines.add("none of them has a twin; medtwin device claim HUB/ADDRESS --profile P gives it one");
    return lines;
  }

  /** What a device is called on the command line. */
  public static String name(UnclaimedDevice device) {
    return device.hub() + "/" + device.address();
  }

  private static void said(List<String> lines, UnclaimedDevice device) {
    var line = new StringBuilder(MARGIN + "says ");
    int begin = line.length();
    for (var parameter : device.parameters().entrySet()) {
      var unit = parameter.getValue();
      var word = parameter.getKey() + (unit.isEmpty() || unit.equals("1") ? "" : " " + unit);
      if (line.length() > begin && line.length() + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(begin));
      }
      line.append(line.length() == begin ? "" : ", ").append(word);
    }
    if (!device.parameters().isEmpty()) {
      lines.add(line.toString());
    }
  }

  private static void told(List<String> lines, UnclaimedDevice device) {
    if (device.identity().isEmpty()) {
      return;
    }
    var facts = new ArrayList<String>();
    for (Attribute attribute : Attribute.values()) {
      if (device.identity().containsKey(attribute)) {
        facts.add(
            attribute.name().toLowerCase(Locale.ROOT).replace('_', '-')
                + " "
                + device.identity().get(attribute));
      }
    }
    lines.add(MARGIN + "is   " + String.join(", ", facts));
  }
}
