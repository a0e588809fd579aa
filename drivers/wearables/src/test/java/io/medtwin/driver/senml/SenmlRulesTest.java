package io.medtwin.driver.senml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.driver.senml.SenmlException.Problem;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenmlRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNSUPPORTED_VERSION | [{'bver':11,'n':'a','v':1}]",
        "MALFORMED | [{'bver':0,'n':'a','v':1}]",
        "MALFORMED | [{'bver':10.5,'n':'a','v':1}]",
        "MALFORMED | [{'bver':10,'n':'a','v':1},{'bver':5,'n':'a','v':1}]",
        "NO_NAME | [{'bn':'','n':'','v':1}]",
        "BAD_NAME | [{'n':':a','v':1}]",
        "BAD_NAME | [{'n':'/3/0','v':1}]",
        "BAD_NAME | [{'n':'a b','v':1}]",
        "BAD_NAME | [{'n':'größe','v':1}]",
        "NO_VALUE | [{'n':'a'}]",
        "NO_VALUE | [{'bn':'a','t':1}]",
        "MALFORMED | [{'n':'a','v':1,'vs':'x'}]",
        "MALFORMED | [{'n':'a','v':'1'}]",
        "MALFORMED | [{'n':'a','v':null}]",
        "MALFORMED | [{'n':'a','v':[1]}]",
        "MALFORMED | [{'n':1,'v':1}]",
        "MALFORMED | [{'n':'a','vd':'+'}]",
        "MALFORMED | [{'n':'a','n':'b','v':1}]",
        "MALFORMED | [{'n':'a','v':NaN}]",
        "MALFORMED | [{'n':'a','v':1e999999999}]",
        "MALFORMED | [{'n':'a','v':1,'t':1e30}]",
        "MALFORMED | [{'n':'a','v':1}] 2",
        "MALFORMED | {'n':'a','v':1}",
        "MALFORMED | [1]",
        "MALFORMED | ''",
        "MUST_UNDERSTAND | [{'n':'a','v':1},{'n':'b','v':1,'x_':{}}]",
      })
  void aPackThatBreaksARuleIsRefusedWhole(Problem problem, String pack) {
    assertThatThrownBy(() -> resolve(pack.replace('\'', '"')))
        .isInstanceOfSatisfying(
            SenmlException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  @Test
  void aTextThatIsNotUtf8IsRefusedAndNotGuessed() {
    var cut = "[{\"n\":\"a\",\"vs\":\"39.2 ".getBytes(UTF_8);
    var pack = Arrays.copyOf(cut, cut.length + 6);
    System.arraycopy(new byte[] {(byte) 0xB0, 'C', '"', '}', ']', ' '}, 0, pack, cut.length, 6);

    assertThatThrownBy(() -> Senml.parse(pack, SenmlFormat.JSON))
        .isInstanceOfSatisfying(
            SenmlException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MALFORMED));
  }

  @Test
  void unknownLabelsAreIgnored() throws SenmlException {
    assertThat(resolve("[{\"n\":\"a\",\"v\":1,\"vendor\":{\"x\":[1,{}]}}]")).hasSize(1);
  }

  @Test
  void baseValueAndBaseSumAreAddedAndScaleIsKept() throws SenmlException {
    var records =
        resolve(
            "[{\"bn\":\"d:\",\"bv\":20.00,\"bs\":5,\"n\":\"a\",\"v\":1.5,\"s\":2},{\"n\":\"b\",\"v\":2}]");
    assertThat(records.get(0).value()).isEqualTo(new SenmlValue.Num(new BigDecimal("21.50")));
    assertThat(records.get(0).sum()).isEqualTo(new BigDecimal("7"));
    assertThat(records.get(1).value()).isEqualTo(new SenmlValue.Num(new BigDecimal("22.00")));
  }

  @Test
  void anIntegerOfSixtyFourBitsSurvives() throws SenmlException {
    var record = resolve("[{\"n\":\"a\",\"v\":18446744073709551615}]").get(0);
    assertThat(record.value())
        .isEqualTo(new SenmlValue.Num(new BigDecimal("18446744073709551615")));
    assertThat(cbor("81a2006161021bffffffffffffffff").get(0).value()).isEqualTo(record.value());
  }

  @Test
  void cborFloatsAreReadInTheirOwnWidth() throws SenmlException {
    // half 1.5, single 36.43, decimal fraction 273.15
    assertThat(cbor("81a200616102f93e00").get(0).value()).isEqualTo(number("1.5"));
    assertThat(cbor("81a200616102fa4211b852").get(0).value()).isEqualTo(number("36.43"));
    assertThat(cbor("81a200616102c48221196ab3").get(0).value()).isEqualTo(number("273.15"));
  }

  @Test
  void indefiniteArraysMapsAndTextsAreRead() throws SenmlException {
    assertThat(cbor("9fbf007f61616162ff0201ffff").get(0).value()).isEqualTo(number("1"));
    assertThat(cbor("9fbf007f61616162ff0201ffff").get(0).name()).isEqualTo("ab");
  }

  @Test
  void aCborFloatThatIsNoNumberIsNoNumber() throws SenmlException {
    assertThat(cbor("81a200616102f97e00").get(0).value())
        .isEqualTo(SenmlValue.NoNumber.NOT_A_NUMBER);
    assertThat(cbor("81a200616102f97c00").get(0).value())
        .isEqualTo(SenmlValue.NoNumber.POSITIVE_INFINITY);
    assertThat(cbor("81a200616102fbfff0000000000000").get(0).value())
        .isEqualTo(SenmlValue.NoNumber.NEGATIVE_INFINITY);
  }

  @Test
  void aDecimalFractionWithAHugeExponentIsRefused() {
    // tag 4, exponent 2^31 - 1
    assertThatThrownBy(() -> cbor("81a200616102c4821a7fffffff01"))
        .isInstanceOf(SenmlException.class);
  }

  @Test
  void nothingLargerOrDeeperThanItsBoundIsRead() {
    var deep = "[{\"n\":\"a\",\"v\":1,\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}]";
    assertProblem(Problem.TOO_LARGE, () -> resolve(deep));
    assertProblem(Problem.TOO_LARGE, () -> resolve("[" + " ".repeat(70_000) + "]"));
    var deepCbor = new byte[60_000];
    Arrays.fill(deepCbor, (byte) 0x81);
    deepCbor[1] = (byte) 0xA1;
    deepCbor[2] = 0x18;
    deepCbor[3] = 0x63; // label 99 is unknown, so its value is skipped
    assertProblem(
        Problem.TOO_LARGE,
        () -> Senml.resolve(Senml.parse(deepCbor, SenmlFormat.CBOR), SenmlNames.STANDARD));
    var longName = "[{\"bn\":\"" + "x".repeat(300) + "\",\"v\":1}]";
    assertProblem(Problem.BAD_NAME, () -> resolve(longName));
  }

  @Test
  void aTimeFromTwoToTheTwentyEightIsAbsolute() throws SenmlException {
    assertThat(resolve("[{\"n\":\"a\",\"v\":1,\"t\":268435456}]").get(0).time())
        .isInstanceOf(SenmlTime.Absolute.class);
    assertThat(resolve("[{\"n\":\"a\",\"v\":1,\"t\":268435455.9}]").get(0).time())
        .isInstanceOf(SenmlTime.Relative.class);
  }

  private static void assertProblem(Problem problem, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            SenmlException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private static SenmlValue number(String decimal) {
    return new SenmlValue.Num(new BigDecimal(decimal));
  }

  private static List<SenmlRecord> resolve(String json) throws SenmlException {
    return Senml.resolve(Senml.parse(json.getBytes(UTF_8), SenmlFormat.JSON), SenmlNames.STANDARD);
  }

  private static List<SenmlRecord> cbor(String hex) throws SenmlException {
    return Senml.resolve(
        Senml.parse(HexFormat.of().parseHex(hex), SenmlFormat.CBOR), SenmlNames.STANDARD);
  }
}
