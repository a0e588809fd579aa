package io.medtwin.transports.coap;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Which device's posts go to which inbox. Grows with the configuration only, never with what peers
 * send. Used by any thread.
 */
final class LinkTable {

  /** Stands for every device that has no link of its own. */
  static final String WILDCARD = "+";

  /** What the table says of one device. */
  sealed interface Entry {

    /** A link is open: its inbox. */
    record Open(Inbox<CoapDelivery> inbox) implements Entry {}

    /** The device is configured but its link is not open. */
    record Closed() implements Entry {}

    /** Nobody configured it. */
    record Unknown() implements Entry {}
  }

  private final Set<String> configured = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<String, Inbox<CoapDelivery>> open = new ConcurrentHashMap<>();

  /** Remembers that posts of this device, or with {@link #WILDCARD} of any, are expected. */
  void configure(String device) {
    configured.add(device);
  }

  /** Opens a device's link; false where one is open already. */
  boolean attach(String device, Inbox<CoapDelivery> inbox) {
    return open.putIfAbsent(device, inbox) == null;
  }

  /** Closes a device's link, if it is still this one. */
  void detach(String device, Inbox<CoapDelivery> inbox) {
    open.remove(device, inbox);
  }

  /** Ends every open link; what waits is not answered. */
  void closeAll(String why) {
    open.values().forEach(inbox -> inbox.close(why));
    open.clear();
  }

  /** Where the posts of a device go: to its own link first, then to the wildcard. */
  Entry find(String device) {
    if (WILDCARD.equals(device)) {
      return new Entry.Unknown();
    }
    var key = configured.contains(device) ? device : WILDCARD;
    @Nullable Inbox<CoapDelivery> inbox = open.get(key);
    if (inbox != null) {
      return new Entry.Open(inbox);
    }
    return configured.contains(key) ? new Entry.Closed() : new Entry.Unknown();
  }

  /** Devices remembered and links open, for tests of growth. */
  int size() {
    return configured.size() + open.size();
  }
}
