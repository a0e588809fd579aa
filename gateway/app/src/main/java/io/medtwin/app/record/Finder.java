package io.medtwin.app.record;

import java.util.BitSet;

/** Finds what names a person in bytes. */
interface Finder {

  /** Stands for what was replaced. */
  byte FILL = 'x';

  /**
   * Marks the bytes that are not kept.
   *
   * @return from where on more bytes are needed to know; the length of all where none are
   */
  int find(byte[] bytes, BitSet marks);
}
