package io.medtwin.twin.vocabulary;

import java.util.List;

/**
 * A unit of IEEE 11073-10101.
 *
 * @param code context-free code, partition 4
 * @param refid reference id, {@code MDC_DIM_MMHG}
 * @param ucum the UCUM unit it is
 * @param otherUcum other UCUM spellings of the same unit seen in messages; some are no UCUM
 *     strictly, such as {@code {delta}Cel}
 * @param texts how devices write it that know no UCUM: {@code mmHg}
 * @param aliases other refids
 * @param sources see {@link Entry#sources}
 * @param note see {@link Entry#note}
 */
public record UnitTerm(
    int code,
    String refid,
    String ucum,
    List<String> otherUcum,
    List<String> texts,
    List<String> aliases,
    List<String> sources,
    String note)
    implements Entry {

  public UnitTerm {
    otherUcum = List.copyOf(otherUcum);
    texts = List.copyOf(texts);
    aliases = List.copyOf(aliases);
    sources = List.copyOf(sources);
  }

  @Override
  public String label() {
    return ucum;
  }
}
