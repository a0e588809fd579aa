package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medtwin.twin.vocabulary.Entry;
import io.medtwin.twin.vocabulary.EnumWord;
import io.medtwin.twin.vocabulary.Term;
import io.medtwin.twin.vocabulary.UnitTerm;
import io.medtwin.twin.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** Rows of the vocabulary for programs. */
final class VocabJson {

  private VocabJson() {}

  static String of(String asked, List<Entry> entries, Vocabulary vocabulary) throws IOException {
    var text = new StringWriter();
    try (var out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      out.writeStartObject();
      out.writeStringField("asked", asked);
      if (entries.isEmpty()) {
        out.writeStringField("suggestion", vocabulary.suggestionFor(asked));
      }
      out.writeArrayFieldStart("found");
      for (Entry entry : entries) {
        out.writeStartObject();
        switch (entry) {
          case Term term -> term(out, term);
          case UnitTerm unit -> unit(out, unit);
          case EnumWord word -> word(out, word);
        }
        texts(out, "sources", entry.sources());
        out.writeBooleanField("singleSource", entry.hasSingleSource());
        out.writeStringField("note", entry.note());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text.toString();
  }

  private static void term(JsonGenerator out, Term term) throws IOException {
    out.writeStringField("type", "term");
    out.writeNumberField("code", term.code());
    out.writeStringField("refid", term.refid());
    out.writeStringField("label", term.label());
    out.writeStringField("kind", VocabText.kind(term));
    out.writeStringField("group", term.group());
    out.writeStringField("ucum", term.ucum());
    texts(out, "otherUcum", term.otherUcum());
    out.writeStringField("mdcUnit", term.mdcUnit());
    var basis = term.loincBasis();
    if (basis != null) {
      out.writeStringField("loinc", term.loinc());
      out.writeStringField(
          "loincBasis",
          switch (basis) {
            case PUBLISHED_IG -> "published-ig";
            case NAME_MATCH -> "name-match";
          });
    }
    var low = term.plausibleLow();
    if (low != null) {
      out.writeNumberField("plausibleLow", low);
    }
    var high = term.plausibleHigh();
    if (high != null) {
      out.writeNumberField("plausibleHigh", high);
    }
    out.writeStringField("enumGroup", term.enumGroup());
    texts(out, "aliases", term.aliases());
  }

  private static void unit(JsonGenerator out, UnitTerm unit) throws IOException {
    out.writeStringField("type", "unit");
    out.writeNumberField("code", unit.code());
    out.writeStringField("refid", unit.refid());
    out.writeStringField("ucum", unit.ucum());
    texts(out, "otherUcum", unit.otherUcum());
    texts(out, "texts", unit.texts());
    texts(out, "aliases", unit.aliases());
  }

  private static void word(JsonGenerator out, EnumWord word) throws IOException {
    out.writeStringField("type", "word");
    out.writeStringField("token", word.token());
    out.writeStringField("label", word.label());
    out.writeStringField("group", word.group());
    out.writeStringField("twinValue", word.twinValue());
  }

  private static void texts(JsonGenerator out, String name, List<String> texts) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
