package io.depthcast.linear;

import java.nio.ByteBuffer;

/** Reads the doubles, big endian, of which an artifact of this package consists. */
final class DoublesReader {
  private final String algorithm;
  private final ByteBuffer buffer;

  DoublesReader(String algorithm, byte[] artifact) {
    this.algorithm = algorithm;
    this.buffer = ByteBuffer.wrap(artifact);
  }

  static byte[] bytes(double[]... parts) {
    int length = 0;
    for (double[] part : parts) {
      length += part.length;
    }
    ByteBuffer buffer = ByteBuffer.allocate(length * Double.BYTES);
    for (double[] part : parts) {
      for (double value : part) {
        buffer.putDouble(value);
      }
    }
    return buffer.array();
  }

  /** Doubles not read yet. */
  int remaining() {
    return buffer.remaining() / Double.BYTES;
  }

  double[] next(int length) {
    if (remaining() < length) {
      throw damaged();
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = buffer.getDouble();
    }
    return values;
  }

  void end() {
    if (buffer.hasRemaining()) {
      throw damaged();
    }
  }

  IllegalArgumentException damaged() {
    return new IllegalArgumentException(
        "Invalid " + algorithm + " artifact: " + buffer.capacity() + " bytes (damaged, fit again)");
  }
}
