package io.medtwin.driver.hl7v2.er7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Composite;
import ca.uhn.hl7v2.model.ExtraComponents;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.GenericSegment;
import ca.uhn.hl7v2.model.Primitive;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.model.Varies;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.ParserConfiguration;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one segment with HAPI's generic model: fields, repetitions, components and subcomponents of
 * any version, with no rule of content. Segment by segment, so that one that cannot be read costs
 * only itself, and a message costs time in proportion to its length. Used by one thread.
 */
final class SegmentReader {

  private final PipeParser parser;
  private final GenericMessage parent;
  private final EncodingCharacters signs;

  SegmentReader(Encoding encoding) {
    var configuration = new ParserConfiguration();
    configuration.setEscaping(new Unescaping());
    var context =
        new DefaultHapiContext(
            configuration, ValidationContextFactory.noValidation(), new GenericModelClassFactory());
    parser = context.getPipeParser();
    parent = new GenericMessage.V26(context.getModelClassFactory());
    parent.setParser(parser);
    signs =
        new EncodingCharacters(
            encoding.field(),
            encoding.component(),
            encoding.repetition(),
            encoding.escape(),
            encoding.subcomponent());
  }

  /** The segment of a line; empty where it cannot be read. */
  Optional<Segment> read(String line) {
    var name = line.substring(0, 3);
    try {
      var generic = new GenericSegment(parent, name);
      parser.parse(generic, line, signs);
      var fields = new ArrayList<List<Element>>();
      for (int i = 1; i <= generic.numFields(); i++) {
        fields.add(repetitions(generic.getField(i)));
      }
      return Optional.of(new Segment(name, fields));
    } catch (HL7Exception | RuntimeException e) {
      return Optional.empty(); // its message may quote the content
    }
  }

  private static List<Element> repetitions(Type[] values) {
    var all = new ArrayList<Element>(values.length);
    for (Type value : values) {
      all.add(new Element(components(value)));
    }
    boolean empty = all.stream().allMatch(Element::isEmpty);
    return empty ? List.of() : List.copyOf(all);
  }

  private static List<List<String>> components(Type value) {
    var content = content(value);
    if (content instanceof Composite composite) {
      var all = new ArrayList<List<String>>();
      for (Type component : composite.getComponents()) {
        all.add(subcomponents(component));
      }
      extra(composite.getExtraComponents(), all);
      return all;
    }
    return List.of(subcomponents(value));
  }

  private static void extra(ExtraComponents more, List<List<String>> all) {
    for (int i = 0; i < more.numComponents(); i++) {
      all.add(subcomponents(more.getComponent(i)));
    }
  }

  private static List<String> subcomponents(Type value) {
    var content = content(value);
    if (content instanceof Composite composite) {
      var all = new ArrayList<String>();
      for (Type part : composite.getComponents()) {
        all.add(text(part));
      }
      return all;
    }
    return List.of(text(value));
  }

  private static String text(Type value) {
    var content = content(value);
    if (content instanceof Primitive primitive) {
      var text = primitive.getValue();
      return text == null ? "" : text;
    }
    return "";
  }

  private static Type content(Type value) {
    return value instanceof Varies varies ? varies.getData() : value;
  }
}
