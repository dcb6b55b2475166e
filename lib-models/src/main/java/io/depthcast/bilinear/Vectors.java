package io.depthcast.bilinear;

/** Loops over the units of a step, written so that the JIT compiler vectorises them. */
final class Vectors {

  private Vectors() {}

  /** {@code y += x' rows}: the sum of rows, each times its number. */
  static void addRows(float[] y, float[] x, float[][] rows) {
    int k = 0;
    for (; k + 5 <= x.length; k += 5) {
      add(
          y,
          x[k],
          rows[k],
          x[k + 1],
          rows[k + 1],
          x[k + 2],
          rows[k + 2],
          x[k + 3],
          rows[k + 3],
          x[k + 4],
          rows[k + 4]);
    }
    for (; k < x.length; k++) {
      add(y, x[k], rows[k]);
    }
  }

  private static void add(
      float[] y,
      float a0,
      float[] x0,
      float a1,
      float[] x1,
      float a2,
      float[] x2,
      float a3,
      float[] x3,
      float a4,
      float[] x4) {
    for (int i = 0; i < y.length; i++) {
      y[i] += a0 * x0[i] + a1 * x1[i] + (a2 * x2[i] + a3 * x3[i]) + a4 * x4[i];
    }
  }

  /** {@code y += a x}. */
  static void add(float[] y, float a, float[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] += a * x[i];
    }
  }

  /** {@code p += x y}, by element. */
  static void addProducts(float[] p, float[] x, float[] y) {
    for (int i = 0; i < p.length; i++) {
      p[i] += x[i] * y[i];
    }
  }

  /** The sum, in eight partial sums: one that waits for each addition would be slower. */
  static float sum(float[] x) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + 8 <= x.length; i += 8) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
    }
    for (; i < x.length; i++) {
      s0 += x[i];
    }
    return s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
  }

  /** The product of two vectors, in four partial sums. */
  static float dot(float[] x, float[] y) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 4 <= x.length; i += 4) {
      s0 += x[i] * y[i];
      s1 += x[i + 1] * y[i + 1];
      s2 += x[i + 2] * y[i + 2];
      s3 += x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      s0 += x[i] * y[i];
    }
    return s0 + s1 + (s2 + s3);
  }
}
