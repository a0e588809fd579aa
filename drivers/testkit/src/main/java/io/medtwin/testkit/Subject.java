package io.medtwin.testkit;

import io.medtwin.spi.Driver;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.StreamDriver;
import java.util.List;
import java.util.function.Supplier;

/**
 * A driver under test and what it is tested with.
 *
 * @param maker makes a new instance for each run
 * @param conversations at least one
 * @param listed whether a service file must list it: not so for the samples of this kit
 */
public record Subject(
    Supplier<? extends Driver> maker, List<Conversation> conversations, boolean listed) {

  public Subject {
    conversations = List.copyOf(conversations);
  }

  /** A driver of a plugin. */
  public Subject(Supplier<? extends Driver> maker, List<Conversation> conversations) {
    this(maker, conversations, true);
  }

  Rule.Kind kind() {
    return maker.get() instanceof StreamDriver ? Rule.Kind.STREAM : Rule.Kind.MESSAGE;
  }

  /** The link that a conversation is held on. */
  static LinkKind link(Driver driver, Conversation conversation, LinkKind otherwise) {
    return conversation
        .declarations()
        .link()
        .orElseGet(
            () -> driver.descriptor().links().stream().sorted().findFirst().orElse(otherwise));
  }
}
