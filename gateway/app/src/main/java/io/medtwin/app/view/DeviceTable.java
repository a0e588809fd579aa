package io.medtwin.app.view;

import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.DeviceView.Shown;
import io.medtwin.twin.outbox.Outbox.Standing;
import io.medtwin.twin.state.LinkState.Status;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line for each device, with the three lamps: talking, fresh, acknowledged. A lamp is a shape
 * and a colour, so that colour is never the only signal. Pure.
 */
public final class DeviceTable {

  private static final int VALUES_SHOWN = 4;
  private static final int NAME_MIN = 14;
  private static final int DIGITS_SHOWN = 5;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Duration ACKNOWLEDGED_LATE = Duration.ofSeconds(35);

  private final boolean colour;
  private final int width;

  /** A table for a terminal of that many columns; without colour for files and pipes. */
  public DeviceTable(boolean colour, int width) {
    this.colour = colour;
    this.width = width;
  }

  /** Header and one line for each device. */
  public List<String> lines(List<DeviceView> views, Instant now) {
    int name = views.stream().mapToInt(view -> view.device().length()).max().orElse(0);
    int nameWidth = Math.max(NAME_MIN, name);
    var lines = new ArrayList<String>();
    lines.add(
        bold(
            String.format(
                Locale.ROOT,
                "%-" + nameWidth + "s  %-9s %-8s %-16s  %s",
                "DEVICE",
                "TALKING",
                "FRESH",
                "ACKNOWLEDGED",
                "VALUES")));
    for (DeviceView view : views) {
      lines.add(line(view, nameWidth, now));
    }
    return lines;
  }

  private String line(DeviceView view, int nameWidth, Instant now) {
    var fixed =
        String.format(Locale.ROOT, "%-" + nameWidth + "s  ", view.device())
            + talking(view)
            + " "
            + fresh(view)
            + " "
            + acknowledged(view, now)
            + "  ";
    int room = Math.max(1, width - nameWidth - 2 - 9 - 1 - 8 - 1 - 16 - 2);
    return fixed + values(view, room);
  }

  private String talking(DeviceView view) {
    return switch (view.link().status()) {
      case ONLINE -> green(pad("● yes", 9));
      case DEGRADED -> yellow(pad("◐ silent", 9));
      case OFFLINE -> red(pad("○ offline", 9));
    };
  }

  private String fresh(DeviceView view) {
    if (view.fresh()) {
      return green(pad("● yes", 8));
    }
    return view.values().isEmpty() ? dim(pad("○ none", 8)) : red(pad("○ stale", 8));
  }

  private String acknowledged(DeviceView view, Instant now) {
    if (view.standing() == Standing.FENCED) {
      return red(pad("○ other gateway", 16));
    }
    var at = view.acknowledgedAt();
    if (at == null) {
      return dim(pad("○ not yet", 16));
    }
    var ago = Duration.between(at, now);
    var text = pad("● " + age(ago) + " ago", 16);
    return ago.compareTo(ACKNOWLEDGED_LATE) > 0 ? yellow(text) : green(text);
  }

  private String values(DeviceView view, int room) {
    if (view.values().isEmpty()) {
      return dim(clip(view.link().why(), room));
    }
    var text = new StringBuilder();
    if (!view.alerts().isEmpty()) {
      text.append("▲ ")
          .append(view.alerts().size())
          .append(view.alerts().size() == 1 ? " alert  " : " alerts  ");
    }
    int shown = 0;
    for (Shown value : numbersFirst(view.values())) {
      var part = value(value);
      if (part != null && shown < VALUES_SHOWN) {
        text.append(shown == 0 ? "" : "   ").append(part);
        shown++;
      }
    }
    var clipped = clip(text.toString(), room);
    return view.link().status() == Status.ONLINE ? clipped : dim(clipped);
  }

  private static List<Shown> numbersFirst(List<Shown> values) {
    return values.stream().sorted(Comparator.comparing(value -> value.unit().isEmpty())).toList();
  }

  private static @Nullable String value(Shown value) {
    if (value.text().isEmpty()) {
      return value.validity().equals("valid") ? null : value.name() + " –";
    }
    var unit = value.unit().isEmpty() || value.unit().equals("1") ? "" : " " + value.unit();
    return value.name() + " " + shortened(value.text()) + unit;
  }

  /** A number of many digits with five of them; the twin has them all. */
  private static String shortened(String text) {
    if (text.length() <= DIGITS_SHOWN || !NUMBER.matcher(text).matches()) {
      return text;
    }
    return new BigDecimal(text).round(new MathContext(DIGITS_SHOWN)).toPlainString();
  }

  private static String age(Duration ago) {
    long seconds = Math.max(0, ago.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }

  private static String pad(String text, int to) {
    return String.format(Locale.ROOT, "%-" + to + "s", text);
  }

  private static String clip(String text, int room) {
    return text.length() <= room ? text : text.substring(0, room - 1) + "…";
  }

  private String bold(String text) {
    return styled("1", text);
  }

  private String dim(String text) {
    return styled("2", text);
  }

  private String green(String text) {
    return styled("32", text);
  }

  private String yellow(String text) {
    return styled("33", text);
  }

  private String red(String text) {
    return styled("31", text);
  }

  private String styled(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
