package io.medtwin.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private static final int ROWS = 6;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final FakeTerminal terminal = new FakeTerminal(ROWS);
  private final Screen screen = new Screen(out, true, ROWS);

  @Test
  void linesAreDrawnOverEachOther() {
    draw("one", "two");
    draw("ONE", "TWO");

    assertThat(terminal.lines()).containsExactly("ONE", "TWO");
  }

  @Test
  void aRedrawLeavesAloneWhatIsBeingTyped() {
    draw("one", "two");
    terminal.print("unpl");
    draw("ONE", "TWO");
    terminal.print("ug");

    assertThat(terminal.lines()).containsExactly("ONE", "TWO", "unplug");
  }

  @Test
  void afterEnterTheLinesAreWhereTheyWere() {
    draw("one", "two");
    terminal.print("unplug\n");
    screen.entered();
    draw("ONE", "TWO");

    assertThat(terminal.lines()).containsExactly("ONE", "TWO");
  }

  @Test
  void fewerLinesLeaveNothingOfTheOldOnes() {
    draw("one", "two", "three");
    draw("ONE");

    assertThat(terminal.lines()).containsExactly("ONE");
  }

  @Test
  void whatDoesNotFitIsCountedAndTheScreenStandsStill() {
    var many = IntStream.rangeClosed(1, 9).mapToObj(n -> "line " + n).toArray(String[]::new);
    draw(many);
    draw(many);

    assertThat(terminal.lines())
        .startsWith("line 1", "line 2", "line 3", "line 4")
        .hasSize(5)
        .last()
        .asString()
        .startsWith("… 5 more lines");
  }

  @Test
  void aFileGetsPlainLines() {
    new Screen(out, false, ROWS).draw(List.of("one", "two"));

    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n");
  }

  private void draw(String... lines) {
    screen.draw(List.of(lines));
    terminal.print(bytes.toString(StandardCharsets.UTF_8));
    bytes.reset();
  }
}
