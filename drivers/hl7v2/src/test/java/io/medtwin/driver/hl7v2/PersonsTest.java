package io.medtwin.driver.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No person in any report, counter, refusal or its reason, wherever a message names one. */
class PersonsTest {

  private static final String SECRET = "ZQXVERA";

  /** Every field of these is a place where a person may stand. */
  private static final List<String> SEGMENTS =
      List.of("PID", "PD1", "PV1", "PV2", "NK1", "GT1", "IN1", "AL1", "ORC", "NTE", "ROL", "ZPI");

  /** Fields of an OBX or OBR that name people, orders, rooms or notes, or that are ignored. */
  private static final int[] OBX = {1, 7, 9, 10, 12, 13, 15, 16, 19, 20, 21, 22, 23, 24, 25, 26};

  private static final int[] OBR = {
    1, 2, 4, 10, 13, 14, 15, 16, 17, 18, 19, 20, 21, 24, 28, 31, 32, 33, 34, 35, 39, 43, 44, 46, 49
  };

  @ParameterizedTest
  @ValueSource(strings = {"R01", "R40", "R42", "R30", "", "no device", "no charset"})
  void aPersonNeverLeavesTheDriver(String trigger) throws Exception {
    var message = message(trigger);
    assertThat(message.split(SECRET, -1)).hasSizeGreaterThan(100);

    var spoken = Spoken.of(message, message);

    var said = new ArrayList<>(spoken.lines());
    said.add(spoken.session().discarded().toString());
    spoken
        .session()
        .devices()
        .forEach((id, device) -> said.add(id + device.discarded() + device.lines()));
    spoken.link().refusals().forEach(refusal -> said.add(refusal.kind() + refusal.why()));
    spoken.link().replies().forEach(answer -> said.add(Spoken.text(answer)));
    spoken.link().repliesIfNotSafe().forEach(answer -> said.add(Spoken.text(answer)));
    for (var refusal : spoken.link().refusals()) {
      said.add(Spoken.text(Objects.requireNonNull(refusal.answer())));
      said.add(String.valueOf(refusal.answer()));
    }
    assertThat(said).hasSizeGreaterThan(2);
    assertThat(said)
        .allSatisfy(line -> assertThat(line.toUpperCase(Locale.ROOT)).doesNotContain(SECRET));
  }

  private static String message(String trigger) {
    boolean isTrigger = trigger.length() <= 3;
    var instance = trigger.equals("no device") ? "" : "MON-1^ACME";
    var lines = new ArrayList<String>();
    lines.add(
        "MSH|^~\\&|RACK|ACME|GATEWAY|WARD|20260304081500+0100|"
            + SECRET
            + "|ORU"
            + (isTrigger && !trigger.isEmpty() ? "^" + trigger : trigger.isEmpty() ? "" : "^R01")
            + "|7|P|2.6||||||"
            + (trigger.equals("no charset") ? "UNICODE" : "")
            + "|"
            + SECRET);
    for (String segment : SEGMENTS) {
      lines.add(
          segment
              + "|"
              + String.join(
                  "|",
                  IntStream.range(0, 40)
                      .mapToObj(i -> SECRET + "^" + SECRET + "~&" + SECRET)
                      .toList()));
    }
    lines.add("this is no segment, but " + SECRET + " is named");
    lines.add(fields("OBR", OBR, "3", "F-1", "7", "20260304081459+0100"));
    lines.add("PRT|1|AD||AUT|" + SECRET + "^" + SECRET + "|||||" + SECRET);
    lines.add("OBX|1||69965^" + SECRET + "^MDC|1.0.0.0|||||||X|||||||" + instance);
    lines.add(row("150456^MDC_PULS_OXIM_SAT_O2^MDC", "NM", "97"));
    lines.add(row("0^MDC_ATTR_PT_NAME_GIVEN^MDC", "ST", SECRET));
    lines.add(row("0^MDC_ATTR_PT_ID^MDC", "NM", "4711"));
    lines.add(row("67880^MDC_ATTR_NOTE^MDC", "ST", SECRET));
    lines.add(row("8302-2^" + SECRET + "^LN", "ST", SECRET));
    lines.add(
        row("NOTE^" + SECRET + "^99ACME^" + SECRET + "^" + SECRET + "^" + SECRET, "TX", SECRET));
    lines.add(row("17^x^99ACME", "CWE", SECRET + "^" + SECRET));
    lines.add(row("194560^MDC_ACME^MDC", "FT", SECRET));
    lines.add(row("150456^MDC_PULS_OXIM_SAT_O2^MDC", "NM", SECRET));
    lines.add(row("150456^MDC_PULS_OXIM_SAT_O2^MDC", "SN", SECRET + "^" + SECRET));
    lines.add(row("131329^MDC_ECG_ELEC_POTL_I^MDC", "NA", SECRET + "^" + SECRET));
    for (String type : List.of("XPN", "XCN", "CX", "XAD", "XTN", "PN", "CN", "ED", "RP", "PL")) {
      lines.add(row("150456^MDC_PULS_OXIM_SAT_O2^MDC", type, SECRET + "^" + SECRET));
    }
    lines.add(row("68487^MDC_ATTR_EVT_COND^MDC", "CWE", "197300^" + SECRET + "^MDC"));
    lines.add(row("68488^MDC_ATTR_EVT_SOURCE^MDC", "ST", SECRET));
    lines.add("OBX|9|CWE|196616^MDC_EVT_ALARM^MDC|1.0.0.0.1|196940^" + SECRET + "^MDC|||" + SECRET);
    lines.add("OBX|9|ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1.0.0.0.3|" + SECRET);
    lines.add("OBX|9|ST|68484^MDC_ATTR_ALARM_PRIORITY^MDC|1.0.0.0.6|" + SECRET);
    return String.join("\r", lines) + "\r";
  }

  private static String row(String code, String type, String value) {
    return fields("OBX", OBX, "2", type, "3", code, "4", "1.1.1.1", "5", value, "11", "R");
  }

  private static String fields(String name, int[] planted, String... set) {
    var fields = new String[51];
    java.util.Arrays.fill(fields, "");
    fields[0] = name;
    for (int field : planted) {
      fields[field] = SECRET + "^" + SECRET;
    }
    for (int i = 0; i < set.length; i += 2) {
      fields[Integer.parseInt(set[i])] = set[i + 1];
    }
    return String.join("|", fields);
  }
}
