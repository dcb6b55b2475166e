package io.depthcast.bayes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a model as its algorithm's name, a zero byte, and doubles in big endian. */
final class StateWriter {
  private final String algorithm;
  private double[] values = new double[16];
  private int length;

  StateWriter(String algorithm) {
    this.algorithm = algorithm;
  }

  void put(double... more) {
    if (length + more.length > values.length) {
      values = Arrays.copyOf(values, 2 * (length + more.length));
    }
    System.arraycopy(more, 0, values, length, more.length);
    length += more.length;
  }

  byte[] bytes() {
    byte[] name = algorithm.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer buffer = ByteBuffer.allocate(name.length + 1 + length * Double.BYTES);
    buffer.put(name).put((byte) 0);
    for (int i = 0; i < length; i++) {
      buffer.putDouble(values[i]);
    }
    return buffer.array();
  }
}
