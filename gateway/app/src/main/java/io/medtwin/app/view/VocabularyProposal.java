package io.medtwin.app.view;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.vocabulary.Vocabulary;
import java.util.function.Supplier;

/**
 * A proposal with the code of the vocabulary's best term; read when the first is asked for. Pure
 * but for that.
 */
public final class VocabularyProposal implements LineProposal {

  private final Supplier<Vocabulary> source;
  private final PlainProposal plain = new PlainProposal();

  /** A proposal out of that vocabulary. */
  public VocabularyProposal(Supplier<Vocabulary> source) {
    this.source = source;
  }

  @Override
  public String suggestLine(String parameter, Value value) {
    return switch (value) {
      case Numeric number -> line(parameter, number.amount().toPlainString(), number.unit());
      case Coded coded -> coded(parameter, value, coded.code());
      case Text text -> coded(parameter, value, text.text());
      case Samples _, Absent _ -> plain.suggestLine(parameter, value);
    };
  }

  /** A word gets a code only where the parameter is itself one. */
  private String coded(String parameter, Value value, String word) {
    var line = line(parameter, word, "");
    return line.contains("code: ") ? line : plain.suggestLine(parameter, value);
  }

  private String line(String parameter, String value, String unit) {
    return source.get().suggestLine(parameter, value, unit, new Units());
  }
}
