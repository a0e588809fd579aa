package io.medtwin.driver.hl7v2;

import java.util.Set;

/**
 * What may speak of a person, and so never leaves the driver. Segments of persons are cut out
 * before (er7); this is about rows.
 */
final class Persons {

  /** Value types that hold names, addresses, numbers of persons, or whole documents. */
  private static final Set<String> TYPES =
      Set.of(
          "XPN", "XCN", "XAD", "XTN", "XON", "PN", "CN", "CX", "CK", "PPN", "PL", "AD", "TN", "ED",
          "RP", "CNN", "FC", "JCC");

  /** Partition of infrastructure and attributes. */
  private static final long ATTRIBUTES = 1;

  private static final long PATIENT_WEIGHT = 68063;

  /** Texts of attributes that speak of the device alone: its system id, the label of a filter. */
  private static final Set<Long> DEVICE_TEXTS = Set.of(67972L, 68162L);

  private Persons() {}

  /** Whether nothing of a row is told, not even that it is there. */
  static boolean isAbout(Row row) {
    var refid = row.segment().element(3).text(2);
    return TYPES.contains(row.type())
        || row.term().code() == PATIENT_WEIGHT
        || refid.startsWith("MDC_ATTR_PT_")
        || refid.contains("_PATIENT_ID")
        || refid.contains("_PATIENT_NAME");
  }

  /** Whether a text of a row may be told: one whose term is known not to be a note or a name. */
  static boolean mayBeRead(Term term) {
    if (!MdcTables.isKnown(term.code()) && !DEVICE_TEXTS.contains(term.code())) {
      return false;
    }
    return term.code() >> 16 != ATTRIBUTES || DEVICE_TEXTS.contains(term.code());
  }
}
