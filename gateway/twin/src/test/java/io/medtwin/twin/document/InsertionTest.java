package io.medtwin.twin.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertionTest {

  private static final Map<String, String> MEMBERS = members("profile", "watch", "address", "0451");

  @Test
  void anEntryFollowsTheLastOneAndNothingElseMoves() {
    var text =
        """
        # the ward
        devices:   # all of them
          a:   { profile: x }   # bed 1

          b:   { profile: y }   # bed 2
          # c went for repair

        links: { }
        """;

    assertThat(inserted(text))
        .isEqualTo(
            text.replace("# bed 2\n", "# bed 2\n  new: { profile: watch, address: \"0451\" }\n"));
  }

  @Test
  void anEntryIsWrittenAsTheOneBeforeIt() {
    var text = "devices:\n    a:\n       profile: x\n       settings:\n          s: 1 # one\n";

    assertThat(inserted(text))
        .isEqualTo(text + "    new:\n       profile: watch\n       address: \"0451\"\n");
  }

  @Test
  void aMapInBracesGrowsWithinThem() {
    assertThat(inserted("devices: { a: { profile: x } } # all\n"))
        .isEqualTo(
            "devices: { a: { profile: x }, new: { profile: watch, address: \"0451\" } } # all\n");
    assertThat(inserted("devices: {}\n"))
        .isEqualTo("devices: { new: { profile: watch, address: \"0451\" } }\n");
  }

  @Test
  void aSectionThatIsEmptyOrMissingIsBegun() {
    assertThat(inserted("devices: # none yet\nlinks: { }\n"))
        .isEqualTo(
            "devices: # none yet\n  new: { profile: watch, address: \"0451\" }\nlinks: { }\n");
    assertThat(inserted("links: { }"))
        .isEqualTo("links: { }\n\ndevices:\n  new: { profile: watch, address: \"0451\" }\n");
  }

  @Test
  void aFileWithoutALastLineEndAndOneOfWindowsStayWhatTheyAre() {
    assertThat(inserted("devices:\n  a: { profile: x }"))
        .isEqualTo("devices:\n  a: { profile: x }\n  new: { profile: watch, address: \"0451\" }\n");
    assertThat(inserted("devices:\r\n  a: { profile: x }\r\nz: 1\r\n"))
        .isEqualTo(
            "devices:\r\n  a: { profile: x }\r\n"
                + "  new: { profile: watch, address: \"0451\" }\r\nz: 1\r\n");
  }

  @Test
  void charactersOfTwoPartsAndTextOfManyLinesAreCountedRight() {
    var text = "# 💉💉\ndevices:\n  a:\n    note: |\n      long 💉\n      text\nz: 1\n";

    assertThat(inserted(text))
        .isEqualTo(
            text.replace(
                "      text\n", "      text\n  new:\n    profile: watch\n    address: \"0451\"\n"));
  }

  @Test
  void anAliasAtTheEndIsNotTakenForItsAnchor() {
    var text = "first: &x { profile: x }\ndevices:\n  a: *x\nz: 1\n";

    assertThat(inserted(text)).contains("  a: *x\n  new: { profile");
  }

  @ParameterizedTest
  @ValueSource(strings = {"devices: [ a ]\n", "devices: x\n", "- devices\n", "a: {"})
  void whatIsNoMappingIsLeftAlone(String text) {
    assertThat(Insertion.into(text, "devices", "new", MEMBERS)).isEmpty();
  }

  @Property
  void whateverIsInsertedReadsBackAsItIs(@ForAll String value) {
    var clean = value.replaceAll("\\p{Cs}", ""); // half of a pair is no text
    var text = "devices:\n  a: { profile: x }\n";
    var problems = new Problems();

    var after = Insertion.into(text, "devices", "new", Map.of("address", clean)).orElseThrow();

    var read =
        Document.parse("f", after, problems)
            .flatMap(root -> root.optionalSection("devices"))
            .flatMap(devices -> devices.optionalSection("new"))
            .flatMap(entry -> entry.optionalText("address"));
    assertThat(problems.list()).isEmpty();
    assertThat(read).contains(clean);
  }

  private static String inserted(String text) {
    var after = Insertion.into(text, "devices", "new", MEMBERS).orElseThrow();
    var problems = new Problems();
    assertThat(Document.parse("f", after, problems).map(root -> root.section("devices")))
        .isPresent();
    assertThat(problems.list()).isEmpty();
    return after;
  }

  private static Map<String, String> members(String... pairs) {
    var members = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      members.put(pairs[i], pairs[i + 1]);
    }
    return members;
  }
}
