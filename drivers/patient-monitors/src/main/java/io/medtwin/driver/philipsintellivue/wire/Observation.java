package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.counted;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a poll tells of one object.
 *
 * @param context naming context
 * @param handle number of the object in its context
 * @param attributes what is told: everything the first time, values alone later
 */
public record Observation(int context, int handle, Attributes attributes) {

  /** The next list {@code count, length, { context, count, length, { handle, attributes } } }. */
  static List<Observation> readAll(ByteBuffer bytes) {
    int contexts = u16(bytes);
    var content = counted(bytes);
    var all = new ArrayList<Observation>();
    int found = 0;
    while (content.hasRemaining()) {
      int context = u16(content);
      int count = u16(content);
      var objects = counted(content);
      int before = all.size();
      while (objects.hasRemaining()) {
        all.add(new Observation(context, u16(objects), Attributes.read(objects)));
      }
      if (all.size() - before != count) {
        throw new IllegalArgumentException("objects are not as many as their count");
      }
      found++;
    }
    if (found != contexts) {
      throw new IllegalArgumentException("contexts are not as many as their count");
    }
    return all;
  }

  static void writeAll(WireWriter writer, List<Observation> observations) {
    var contexts = new LinkedHashMap<Integer, List<Observation>>();
    for (var one : observations) {
      contexts.computeIfAbsent(one.context(), unused -> new ArrayList<>()).add(one);
    }
    writer
        .u16(contexts.size())
        .counted(
            list ->
                contexts.forEach(
                    (context, objects) ->
                        list.u16(context)
                            .u16(objects.size())
                            .counted(
                                w ->
                                    objects.forEach(
                                        one -> one.attributes().write(w.u16(one.handle()))))));
  }
}
