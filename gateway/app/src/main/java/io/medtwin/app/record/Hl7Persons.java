package io.medtwin.app.record;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;

/**
 * Fields of HL7 v2 that name a person, a place where one lies, or hold free text: everything behind
 * the set id of the segments of a person, those who observed and ordered, comments, and segments
 * that nobody but their maker knows. Marks between fields, components and repetitions stay.
 */
final class Hl7Persons implements Finder {

  private static final Set<String> OF_A_PERSON =
      Set.of(
          "PID", "PD1", "NK1", "PV1", "PV2", "GT1", "IN1", "IN2", "IN3", "ACC", "MRG", "ROL", "STF",
          "CTD", "PRD", "ARV", "DB1", "AL1", "IAM", "DG1", "DRG", "PR1", "NTE", "PDA", "PEO", "PCR",
          "CON", "ZPI");

  /** Fields, counted from 1, of other segments. */
  private static final Map<String, Set<Integer>> FIELDS =
      Map.of(
          "OBX", Set.of(16, 23, 24, 25),
          "OBR", Set.of(10, 13, 16, 17, 28, 31, 32, 33, 34, 35, 39, 46),
          "ORC", Set.of(3, 10, 11, 12, 13, 14, 17, 18, 19, 21, 22, 23, 24),
          "EVN", Set.of(5),
          "TXA", Set.of(5, 9, 10, 11, 22, 23),
          "PRT", Set.of(5, 6, 7, 8, 9, 14, 15),
          "RXG", Set.of(13, 31),
          "RXA", Set.of(9, 10, 11),
          "SPM", Set.of(14));

  /** Types of values that are a person, a place, a number to call, or an id. */
  private static final Set<String> TYPES =
      Set.of(
          "PN", "XPN", "CN", "XCN", "PPN", "CX", "CK", "AD", "XAD", "TN", "XTN", "PL", "TX", "FT");

  private static final int VALUE = 5;

  @Override
  public int find(byte[] bytes, BitSet marks) {
    var start = new String(bytes, 0, Math.min(bytes.length, 8), StandardCharsets.ISO_8859_1);
    int begin = start.startsWith("\u000b") ? 1 : 0;
    if (!start.startsWith("MSH", begin) || bytes.length < begin + 8) {
      return bytes.length;
    }
    byte field = bytes[begin + 3];
    var structure = new boolean[256];
    for (int i = begin + 3; i < begin + 8; i++) {
      structure[bytes[i] & 0xFF] = true;
    }
    structure['\r'] = true;
    structure['\n'] = true;
    structure[0x1C] = true;
    int at = begin;
    while (at < bytes.length) {
      int end = at;
      while (end < bytes.length && bytes[end] != '\r' && bytes[end] != '\n') {
        end++;
      }
      segment(bytes, at, end, field, structure, marks);
      at = end + 1;
    }
    return bytes.length;
  }

  private static void segment(
      byte[] bytes, int from, int to, byte separator, boolean[] structure, BitSet marks) {
    if (to - from < 4) {
      return;
    }
    var name = new String(bytes, from, 3, StandardCharsets.ISO_8859_1);
    boolean ofAPerson = OF_A_PERSON.contains(name) || name.startsWith("Z");
    var some = FIELDS.getOrDefault(name, Set.of());
    var type = "";
    var asked = "";
    int number = 0;
    int start = from + 4;
    while (start <= to) {
      int end = start;
      while (end < to && bytes[end] != separator) {
        end++;
      }
      number++;
      var text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
      if (name.equals("OBX")) {
        type = number == 2 ? text : type;
        asked = number == 3 ? text : asked;
      }
      boolean isSetId = number == 1 && text.chars().allMatch(Character::isDigit);
      boolean isValue = name.equals("OBX") && number == VALUE;
      boolean out =
          ofAPerson && !isSetId
              || some.contains(number)
              || isValue && (TYPES.contains(type) || isOfAPatient(asked));
      for (int i = start; out && i < end; i++) {
        if (!structure[bytes[i] & 0xFF]) {
          marks.set(i);
        }
      }
      start = end + 1;
    }
  }

  /** Whether an observation is who the patient is: MDC_ATTR_PT_NAME_FAMILY and the like. */
  private static boolean isOfAPatient(String identifier) {
    return identifier.contains("_PT_")
        || identifier.toLowerCase(java.util.Locale.ROOT).contains("patient");
  }
}
