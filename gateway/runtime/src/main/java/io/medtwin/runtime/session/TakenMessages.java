package io.medtwin.runtime.session;

import io.medtwin.spi.transport.Delivery;
import java.util.function.LongPredicate;
import java.util.zip.CRC32C;

/**
 * The messages that a link took lately, so that one whose yes was lost, and which its sender sends
 * again, is not taken twice. A message is known by its number, its address and its content. Used by
 * one thread.
 */
final class TakenMessages {

  /**
   * So many are remembered: as many as a broker may have under way. One that is sent again later is
   * taken again.
   */
  static final int REMEMBERED = 1_024;

  private final int link;
  private final LongPredicate before;
  private final CRC32C sum = new CRC32C();
  private final long[] taken = new long[REMEMBERED];
  private int next;

  /**
   * @param link name of the link
   * @param before whether an earlier life of the gateway took a message
   */
  TakenMessages(String link, LongPredicate before) {
    this.link = link.hashCode();
    this.before = before;
  }

  /** What a delivery is known by, the same in each life of the gateway; 0 where by nothing. */
  long keyOf(Delivery delivery) {
    long number = delivery.number();
    if (number == 0) {
      return 0;
    }
    sum.reset();
    sum.update(delivery.message().payload());
    long place = 31L * (31L * link + delivery.message().address().hashCode()) + number;
    // spread, so that the numbers of neighbours do not differ by one bit only
    long key = (sum.getValue() << 32 ^ place) * 0x9E3779B97F4A7C15L;
    return key == 0 ? 1 : key;
  }

  /** Whether it came before and was taken. */
  boolean has(Delivery delivery, long key) {
    if (key == 0 || !delivery.mayBeAgain()) {
      return false;
    }
    for (long known : taken) {
      if (known == key) {
        return true;
      }
    }
    return before.test(key);
  }

  /** Remembers one that is taken now. */
  void add(long key) {
    if (key != 0) {
      taken[next] = key;
      next = (next + 1) % REMEMBERED;
    }
  }
}
