package io.depthcast.features;

import java.math.BigDecimal;

/** A number as part of a column's name: {@code 200} for 200.0, {@code 0p05} for 0.05. */
final class ColumnNumber {

  private ColumnNumber() {}

  static String of(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString().replace('.', 'p');
  }
}
