package io.depthcast.networks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * All that the later steps of a learner depend on.
 *
 * @param weights as {@link Network#weights()} gives them
 * @param moments of Adam: the means of the gradients, then those of their squares
 * @param decayed both decays of Adam to the power of the steps
 * @param drawn random numbers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LearnerState(float[] weights, float[] moments, double[] decayed, long drawn) {

  void write(DataOutputStream out) throws IOException {
    write(out, weights);
    write(out, moments);
    out.writeDouble(decayed[0]);
    out.writeDouble(decayed[1]);
    out.writeLong(drawn);
  }

  static LearnerState read(DataInputStream in) throws IOException {
    return new LearnerState(
        floats(in), floats(in), new double[] {in.readDouble(), in.readDouble()}, in.readLong());
  }

  static void write(DataOutputStream out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
