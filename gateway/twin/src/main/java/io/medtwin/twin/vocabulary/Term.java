package io.medtwin.twin.vocabulary;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A term of IEEE 11073-10101: a metric, a setting, an event, or an object (device, module, channel)
 * of a message.
 *
 * @param code context-free code: partition * 65536 + term code
 * @param refid reference id, {@code MDC_PULS_OXIM_SAT_O2}
 * @param label what people call it
 * @param kind what it is
 * @param group where it belongs: {@code monitor}, {@code pump}, {@code alert} …; of an object its
 *     level: {@code mds}, {@code vmd}, {@code channel}
 * @param ucum UCUM unit of the twin; empty where there is none, or where the transmitted one stays
 * @param otherUcum further units of another dimension in which it is sent, and stays
 * @param mdcUnit refid of the unit that {@code ucum} is; empty where there is none
 * @param loinc LOINC code; empty where no safe mapping is known
 * @param loincBasis why that LOINC code; null where there is none
 * @param plausibleLow engineering bound in {@code ucum}, never a clinical one; null where none
 * @param plausibleHigh as {@code plausibleLow}
 * @param enumGroup group of its words in {@code enums.csv}; empty where it has none
 * @param aliases other refids seen for the same code
 * @param keywords everyday names, for the search alone
 * @param sources see {@link Entry#sources}
 * @param note see {@link Entry#note}
 */
public record Term(
    int code,
    String refid,
    String label,
    Kind kind,
    String group,
    String ucum,
    List<String> otherUcum,
    String mdcUnit,
    String loinc,
    @Nullable LoincBasis loincBasis,
    @Nullable BigDecimal plausibleLow,
    @Nullable BigDecimal plausibleHigh,
    String enumGroup,
    List<String> aliases,
    List<String> keywords,
    List<String> sources,
    String note)
    implements Entry {

  /** What a term is. */
  public enum Kind {
    NUMERIC,
    WAVEFORM,
    SETTING,
    ENUM,
    STRING,
    EVENT,
    /** Device, module or channel: what a message says values of. */
    OBJECT
  }

  /** Why a LOINC code stands beside a term. */
  public enum LoincBasis {
    /** A published implementation guide pairs the two. */
    PUBLISHED_IG,
    /** Both names plainly mean the same quantity; not confirmed yet. */
    NAME_MATCH
  }

  public Term {
    otherUcum = List.copyOf(otherUcum);
    aliases = List.copyOf(aliases);
    keywords = List.copyOf(keywords);
    sources = List.copyOf(sources);
  }

  /** Partition of the nomenclature: 1 objects and attributes, 2 metrics, 3 events … */
  public int partition() {
    return code >>> 16;
  }

  /** Code within the partition, 16 bits. */
  public int termCode() {
    return code & 0xFFFF;
  }

  /** Whether that is its name, or one of its other names. */
  boolean isNamed(String name) {
    return refid.equals(name) || aliases.contains(name);
  }
}
