package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

  private static double parse(String text) {
    char[] chars = ("9" + text + "9").toCharArray();
    return Decimals.parse(chars, 1, text.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.00000000",
        "61837.63000000",
        "0.00006547",
        "0.1",
        "0.3",
        "123456789012345",
        "9007199254740991",
        "9007199254740993",
        "9007199254740993.000000001",
        "12345678901234567890.123456789",
        "0.00000000000000000000000000000000000001",
        "0.1000000000000000055511151231257827",
        "1000000000000000000000",
        "-5",
        "-0.5",
        "007.50"
      })
  void isTheNearestDouble(String text) {
    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @Test
  void isTheNearestDoubleOfAnyText() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      byte[] bits = new byte[1 + random.nextInt(12)];
      random.nextBytes(bits);
      String text =
          new BigDecimal(new BigInteger(1, bits), random.nextInt(26)).toPlainString()
              + "0".repeat(random.nextInt(3));
      if (text.length() <= 40 && parse(text) != Double.parseDouble(text)) {
        assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        ".5",
        "5.",
        "-.5",
        "+5",
        "1e3",
        "1.2.3",
        "1 ",
        " 1",
        "0x1p3",
        "NaN",
        "Infinity",
        "1_000",
        "１",
        "11111111111111111111111111111111111111111"
      })
  void anyOtherTextIsNoNumber(String text) {
    assertThat(parse(text)).isNaN();
  }
}
