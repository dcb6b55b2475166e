package io.depthcast.jobs.explore;

/**
 * Spearman's rank correlation, equal values at their mean rank, with what each row does to it.
 *
 * <p>With U the share of the values of x below a row's and half of those equal to it, V the same of
 * y, {@code C = mean((U - 1/2) (V - 1/2))}, {@code A = mean((U - 1/2)^2)} and {@code B = mean((V -
 * 1/2)^2)}, the correlation is {@code C / sqrt(A B)}, which is Pearson's correlation of mean ranks.
 *
 * <p>The influence of row i is the derivative of the correlation by the weight of the row. A row's
 * weight counts in the mean and in the ranks of all others: of C it is {@code (U_i - 1/2) (V_i -
 * 1/2) - C + mean_j[(h(x_i, x_j) - U_j) (V_j - 1/2)] + mean_j[(h(y_i, y_j) - V_j) (U_j - 1/2)]},
 * where h(a, b) is 1 if a is below b, 1/2 if they are equal, else 0; of A and B likewise. Its mean
 * is 0, and the correlation less its true value is the mean of the influences up to terms that
 * vanish faster. Source: W. Hoeffding, A Class of Statistics with Asymptotically Normal
 * Distribution, Annals of Mathematical Statistics 19 (1948), for the projection; C. Croux and C.
 * Dehon, Influence functions of the Spearman and Kendall correlation measures, Statistical Methods
 * and Applications 19 (2010), for values without ties.
 *
 * @param value -1 to 1; NaN where a side has one value only or there are fewer than three rows
 * @param n rows that have both values
 * @param influence of each of these rows, in their order; empty where value is NaN
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RankCorrelation(double value, int n, double[] influence) {

  private static final int LEAST_ROWS = 3;
  private static final double HALF = 0.5;

  /** Correlation over the rows where both are there. */
  static RankCorrelation of(Codes x, Codes y) {
    Ranks ranks = new Ranks(x, y, 0, x.rows());
    double value = ranks.correlation();
    return new RankCorrelation(
        value, ranks.n, Double.isNaN(value) ? new double[0] : ranks.influence());
  }

  /**
   * The value alone, over some of the rows.
   *
   * @param from first row
   * @param to after the last row
   */
  static double value(Codes x, Codes y, int from, int to) {
    return new Ranks(x, y, from, to).correlation();
  }

  /** One side: by code how often, share below, and sums. */
  private static final class Side {
    final Codes codes;
    final int[] counts;
    double[] shares = {};
    double variance;

    Side(Codes codes) {
      this.codes = codes;
      counts = new int[codes.distinct()];
    }

    void rank(int n) {
      shares = Codes.shareBelow(counts, n);
      for (int code = 0; code < counts.length; code++) {
        variance += counts[code] * (shares[code] - HALF) * (shares[code] - HALF) / n;
      }
    }

    /**
     * By code: mean over all rows j of (h(code, j) - U_j) z_j.
     *
     * @param sums by code, of z over the rows with it
     */
    double[] effect(double[] sums, int n) {
      double[] effect = new double[counts.length];
      double above = 0;
      double mean = 0;
      for (int code = counts.length - 1; code >= 0; code--) {
        effect[code] = (above + sums[code] / 2) / n;
        above += sums[code];
        mean += shares[code] * sums[code] / n;
      }
      for (int code = 0; code < counts.length; code++) {
        effect[code] -= mean;
      }
      return effect;
    }

    /** By code: the derivative of the variance by the weight of a row. */
    double[] varianceInfluence(int n) {
      double[] sums = new double[counts.length];
      for (int code = 0; code < counts.length; code++) {
        sums[code] = counts[code] * (shares[code] - HALF);
      }
      double[] influence = effect(sums, n);
      for (int code = 0; code < counts.length; code++) {
        double u = shares[code] - HALF;
        influence[code] = u * u - variance + 2 * influence[code];
      }
      return influence;
    }
  }

  private static final class Ranks {
    final Side x;
    final Side y;
    final int from;
    final int to;
    final int n;
    double covariance;

    Ranks(Codes xs, Codes ys, int from, int to) {
      this.from = from;
      this.to = to;
      x = new Side(xs);
      y = new Side(ys);
      int rows = 0;
      for (int i = from; i < to; i++) {
        if (both(i)) {
          x.counts[xs.of()[i]]++;
          y.counts[ys.of()[i]]++;
          rows++;
        }
      }
      n = rows;
      x.rank(n);
      y.rank(n);
      for (int i = from; i < to; i++) {
        if (both(i)) {
          covariance += (u(i) - HALF) * (v(i) - HALF) / n;
        }
      }
    }

    private boolean both(int row) {
      return x.codes.of()[row] != Codes.MISSING && y.codes.of()[row] != Codes.MISSING;
    }

    private double u(int row) {
      return x.shares[x.codes.of()[row]];
    }

    private double v(int row) {
      return y.shares[y.codes.of()[row]];
    }

    double correlation() {
      // Without ties the variance is (1 - 1/n^2) / 12: what is less than rounding is one value.
      double scale = Math.sqrt(x.variance * y.variance);
      return n < LEAST_ROWS || !(scale > 1e-12)
          ? Double.NaN
          : Math.max(-1, Math.min(1, covariance / scale));
    }

    double[] influence() {
      double[] sumsOfV = new double[x.counts.length];
      double[] sumsOfU = new double[y.counts.length];
      for (int i = from; i < to; i++) {
        if (both(i)) {
          sumsOfV[x.codes.of()[i]] += v(i) - HALF;
          sumsOfU[y.codes.of()[i]] += u(i) - HALF;
        }
      }
      double[] throughX = x.effect(sumsOfV, n);
      double[] throughY = y.effect(sumsOfU, n);
      double[] ofVarianceX = x.varianceInfluence(n);
      double[] ofVarianceY = y.varianceInfluence(n);
      double scale = Math.sqrt(x.variance * y.variance);
      double value = covariance / scale;
      double[] influence = new double[n];
      int at = 0;
      for (int i = from; i < to; i++) {
        if (both(i)) {
          int a = x.codes.of()[i];
          int b = y.codes.of()[i];
          double ofCovariance =
              (u(i) - HALF) * (v(i) - HALF) - covariance + throughX[a] + throughY[b];
          influence[at++] =
              ofCovariance / scale
                  - value / 2 * (ofVarianceX[a] / x.variance + ofVarianceY[b] / y.variance);
        }
      }
      return influence;
    }
  }
}
