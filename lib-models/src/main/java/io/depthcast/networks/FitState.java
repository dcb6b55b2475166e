package io.depthcast.networks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Where a fit stands at an evaluation: what {@link NetworkFit#resume} goes on from, to the same
 * bits as if it had not been cut off. To be resumed with the same windows and the same fit.
 *
 * @param seed of the fit
 * @param learner where the network stands
 * @param rate of learning from here on
 * @param epoch that is under way, from 0
 * @param at windows of this epoch that were learnt
 * @param seen windows learnt, each as often as it was
 * @param bestWeights those of the best evaluation
 * @param best its macro-F1
 * @param worse evaluations since
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FitState(
    long seed,
    LearnerState learner,
    double rate,
    int epoch,
    int at,
    long seen,
    float[] bestWeights,
    double best,
    int worse) {

  private static final int FORMAT = 0x44434602;

  /** These numbers as bytes, for a file. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeLong(seed);
      learner.write(out);
      out.writeDouble(rate);
      out.writeInt(epoch);
      out.writeInt(at);
      out.writeLong(seen);
      LearnerState.write(out, bestWeights);
      out.writeDouble(best);
      out.writeInt(worse);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @param bytes as {@link #bytes()} gave them
   * @throws IllegalArgumentException for other bytes, or some that are cut off
   */
  public static FitState of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != FORMAT) {
        throw new IllegalArgumentException("Invalid state of a fit: of another format");
      }
      return new FitState(
          in.readLong(),
          LearnerState.read(in),
          in.readDouble(),
          in.readInt(),
          in.readInt(),
          in.readLong(),
          LearnerState.floats(in),
          in.readDouble(),
          in.readInt());
    } catch (IOException e) {
      throw new IllegalArgumentException("Invalid state of a fit: cut off", e);
    }
  }
}
