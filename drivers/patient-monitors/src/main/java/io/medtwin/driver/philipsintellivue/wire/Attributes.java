package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.counted;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Attributes of an object as a list: {@code count, length, { id, length, value }}, 16 bits each.
 *
 * @param list in the order sent
 */
public record Attributes(List<Attribute> list) {

  public Attributes {
    list = List.copyOf(list);
  }

  /** These, in this order. */
  public static Attributes of(Attribute... attributes) {
    return new Attributes(List.of(attributes));
  }

  /** The bytes of the first attribute of an id. */
  public Optional<ByteBuffer> find(int id) {
    for (var attribute : list) {
      if (attribute.id() == id) {
        return Optional.of(attribute.value());
      }
    }
    return Optional.empty();
  }

  /** Whether there is one of this id. */
  public boolean has(int id) {
    return find(id).isPresent();
  }

  /** The next list, taken. */
  static Attributes read(ByteBuffer bytes) {
    int count = u16(bytes);
    var content = counted(bytes);
    var list = new ArrayList<Attribute>();
    while (content.hasRemaining()) {
      list.add(new Attribute(u16(content), counted(content)));
    }
    if (list.size() != count) {
      throw new IllegalArgumentException("attributes are not as many as their count");
    }
    return new Attributes(list);
  }

  void write(WireWriter writer) {
    writer
        .u16(list.size())
        .counted(
            content ->
                list.forEach(
                    attribute ->
                        content.u16(attribute.id()).counted(w -> w.raw(attribute.value()))));
  }

  /** Elements of {@code count, length, elements}; empty where count or length does not fit. */
  static <T> Optional<List<T>> elements(ByteBuffer value, Function<ByteBuffer, T> element) {
    return Layout.whole(
        value,
        bytes -> {
          int count = u16(bytes);
          var content = counted(bytes);
          var elements = new ArrayList<T>();
          while (content.hasRemaining()) {
            elements.add(element.apply(content));
          }
          if (elements.size() != count) {
            throw new IllegalArgumentException("elements are not as many as their count");
          }
          return List.copyOf(elements);
        });
  }
}
