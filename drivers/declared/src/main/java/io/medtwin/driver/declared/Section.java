package io.medtwin.driver.declared;

import io.medtwin.driver.declared.Field.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of line, frame or value, told from others by its shape, and the fields in it.
 *
 * @param name of the kind; for a GATT value the UUID of its characteristic
 * @param ignored known, and of no use
 * @param picture shape of a line, or null
 * @param words fewest words of a line
 * @param separator between the items of a line; empty for none
 * @param pairs between a key and its value in a line
 * @param conditions what must stand at certain places
 * @param minOctets fewest octets of a frame
 * @param maxOctets most octets of a frame
 * @param request that is sent to be answered by this line, or null
 * @param fields in order
 */
record Section(
    String name,
    boolean ignored,
    @Nullable LinePicture picture,
    int words,
    String separator,
    String pairs,
    List<Condition> conditions,
    int minOctets,
    int maxOctets,
    @Nullable Request request,
    List<Field> fields) {

  private static final int MAX_NAME = 40;

  Section {
    conditions = List.copyOf(conditions);
    fields = List.copyOf(fields);
  }

  /** The head of a section, without its fields. */
  static Section parse(Entry entry, Grammar grammar) {
    var name = entry.word(1, "a name");
    entry.requireWords(2);
    if (name.length() > MAX_NAME) {
      throw Entry.problem("expected a name of at most " + MAX_NAME + " characters");
    }
    var section = grammar == Grammar.LINES ? line(name, entry) : octets(grammar.name(name), entry);
    entry.requireNoMoreOptions();
    return section;
  }

  private static Section line(String name, Entry entry) {
    var like = entry.take("like");
    var ask = entry.take("ask");
    boolean once = entry.isYes("once");
    if (once && ask == null) {
      throw Entry.problem("once= belongs to ask=");
    }
    return new Section(
        name,
        entry.isYes("ignore"),
        like == null ? null : LinePicture.parse(like),
        entry.integer("words", 0, 0, Source.MAX_PLACE),
        entry.take("separator", ""),
        entry.take("pairs", "="),
        FieldParser.conditions(entry, true),
        0,
        0,
        ask == null ? null : Request.parse(ask, once),
        List.of());
  }

  private static Section octets(String name, Entry entry) {
    var length = entry.take("length");
    int min = 0;
    int max = Source.MAX_PLACE;
    if (length != null) {
      boolean open = length.endsWith("-");
      min =
          Entry.integer(
              "length=",
              open ? length.substring(0, length.length() - 1) : length,
              0,
              Source.MAX_PLACE);
      max = open ? max : min;
    }
    return new Section(
        name,
        entry.isYes("ignore"),
        null,
        0,
        "",
        "",
        FieldParser.conditions(entry, false),
        min,
        max,
        null,
        List.of());
  }

  /** The same with its fields; a frame must be long enough for all of them. */
  Section with(List<Field> all) {
    int needed = minOctets;
    for (var field : all) {
      needed = Math.max(needed, OctetContent.end(field.source()));
    }
    if (needed > maxOctets && maxOctets > 0) {
      throw Entry.problem(name + " has a field beyond its length of " + maxOctets + " octets");
    }
    return new Section(
        name,
        ignored,
        picture,
        words,
        separator,
        pairs,
        conditions,
        needed,
        maxOctets,
        request,
        all);
  }

  /** What the fields look into, or empty if a line has another shape. */
  Optional<Content> of(String line) {
    var parts =
        picture == null ? Optional.of(List.<String>of()) : picture.match(line.stripTrailing());
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    var content = new TextContent(line, this, parts.get());
    return TextContent.words(line).size() >= words && content.holds(conditions)
        ? Optional.of(content)
        : Optional.empty();
  }

  /** Whether a frame has this shape. */
  boolean fits(OctetContent content) {
    int octets = content.octets().remaining();
    return octets >= minOctets && octets <= maxOctets && content.holds(conditions);
  }
}
