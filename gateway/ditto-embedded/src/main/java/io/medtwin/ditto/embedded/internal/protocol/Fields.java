package io.medtwin.ditto.embedded.internal.protocol;

import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonFieldSelector;

/** Field selectors as clients write them: {@code attributes/location,features(link,power)}. */
public final class Fields {
  private Fields() {}

  /** Throws what Ditto's JSON library throws when the text is no selector. */
  public static JsonFieldSelector parse(String text) {
    return JsonFactory.newFieldSelector(
        text, JsonFactory.newParseOptionsBuilder().withoutUrlDecoding().build());
  }
}
