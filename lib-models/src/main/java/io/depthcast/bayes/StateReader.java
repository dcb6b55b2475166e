package io.depthcast.bayes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {
  private final String algorithm;
  private final ByteBuffer buffer;

  StateReader(String algorithm, byte[] state) {
    this.algorithm = algorithm;
    this.buffer = ByteBuffer.wrap(state);
    byte[] name = (algorithm + '\0').getBytes(StandardCharsets.US_ASCII);
    if (!Arrays.equals(Arrays.copyOf(state, name.length), name)) {
      throw damaged();
    }
    buffer.position(name.length);
  }

  double next() {
    if (buffer.remaining() < Double.BYTES) {
      throw damaged();
    }
    double value = buffer.getDouble();
    if (!Double.isFinite(value)) {
      throw damaged();
    }
    return value;
  }

  double[] next(long length) {
    if (buffer.remaining() / Double.BYTES < length) {
      throw damaged();
    }
    double[] values = new double[(int) length];
    for (int i = 0; i < length; i++) {
      values[i] = next();
    }
    return values;
  }

  /** A whole number that is not below {@code least}. */
  int count(int least) {
    double value = next();
    if (!(value >= least && value == (int) value)) {
      throw damaged();
    }
    return (int) value;
  }

  void end() {
    if (buffer.hasRemaining()) {
      throw damaged();
    }
  }

  IllegalArgumentException damaged() {
    return new IllegalArgumentException(
        "Invalid %s state: %d bytes (damaged or of another model, start the model anew)"
            .formatted(algorithm, buffer.capacity()));
  }
}
