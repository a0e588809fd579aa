package io.medtwin.twin.vocabulary;

import java.util.List;

/** One row of the vocabulary. */
public sealed interface Entry permits Term, UnitTerm, EnumWord {

  /** What it is called for people. */
  String label();

  /** Where the facts come from: abbreviations of the vocabulary's README.md. */
  List<String> sources();

  /** What else is to be known; empty where nothing is. */
  String note();

  /** Independent families of sources. One is enough to decode with, and to be confirmed. */
  default boolean hasSingleSource() {
    return sources().size() < 2;
  }
}
