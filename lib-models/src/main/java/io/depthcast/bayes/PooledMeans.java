package io.depthcast.bayes;

/**
 * Means of many symbols that learn from one another, by variational inference. A row is one value,
 * the symbol's number from 0.
 *
 * <pre>
 *   y | symbol s ~ Normal(mu_s, within),  mu_s ~ Normal(m, between),  m ~ Normal(mean, meanSd^2)
 *   within, between ~ InverseGamma
 * </pre>
 *
 * <p>The posterior is approached by one of independent factors, {@code q(mu_s) = Normal(m_s, v_s)},
 * {@code q(m) = Normal(h, w)} and inverse gammas. With {@code n_s}, {@code ybar_s}, {@code S_s}
 * count, mean and sum of squared deviations of a symbol's outcomes, {@code S} symbols, and {@code
 * P}, {@code Q} the means of {@code 1 / within} and {@code 1 / between}, a sweep sets
 *
 * <pre>
 *   v_s = 1 / (n_s P + Q)             m_s = v_s (n_s ybar_s P + h Q)
 *   w = 1 / (1 / meanSd^2 + S Q)      h = w (mean / meanSd^2 + Q sum_s m_s)
 *   between: shape + S / 2,           scale + sum_s ((m_s - h)^2 + v_s + w) / 2
 *   within:  shape + sum_s n_s / 2,   scale + sum_s (S_s + n_s ((ybar_s - m_s)^2 + v_s)) / 2
 * </pre>
 *
 * <p>Coordinate ascent: Blei, Kucukelbir, McAuliffe 2017, Variational inference: a review for
 * statisticians, algorithm 1. Each outcome is followed by two sweeps from where the last ended;
 * time per outcome grows with the number of symbols.
 *
 * <p>The forecast is a Student t with the degrees of {@code within}, location {@code m_s} and
 * scale^2 {@code 1 / P + v_s + (v_s Q)^2 w}, whose last term is what the uncertainty of {@code m}
 * adds to the mean of a symbol. Independent factors state too little uncertainty where there are
 * few symbols.
 */
public final class PooledMeans implements OnlineRegression {
  public static final String ALGORITHM = "pooled_means";

  private static final int SWEEPS = 2;
  private static final int WIDTH = 3;

  /** Keeps the count, mean and squares of a symbol; its own parameters are not used. */
  private static final NormalInverseGamma STATISTICS = new NormalInverseGamma(0, 1, 1, 1);

  private final int symbols;
  private final double mean;
  private final double meanSd;
  private final InverseGamma between;
  private final InverseGamma within;
  private final Forgetting forgetting;

  private final double[] statistics;
  private final double[] symbolMean;
  private final double[] symbolVariance;
  private double commonMean;
  private double commonVariance;
  private InverseGamma betweenNow;
  private InverseGamma withinNow;

  /**
   * @param symbols how many, 1 or more
   * @param mean prior mean of the symbols' common mean, finite
   * @param meanSd its standard deviation, above 0
   * @param between prior of the variance of symbols' means
   * @param within prior of the variance of outcomes around their symbol's mean
   * @param forgetting the model's own from here on
   */
  public PooledMeans(
      int symbols,
      double mean,
      double meanSd,
      InverseGamma between,
      InverseGamma within,
      Forgetting forgetting) {
    STATISTICS.check(mean);
    Settings.requirePositive("meanSd", meanSd);
    this.symbols = symbols;
    this.mean = mean;
    this.meanSd = meanSd;
    this.between = between;
    this.within = within;
    this.forgetting = forgetting;
    statistics = new double[Settings.slots(symbols, STATISTICS)];
    symbolMean = new double[symbols];
    symbolVariance = new double[symbols];
    commonMean = mean;
    commonVariance = meanSd * meanSd;
    betweenNow = between;
    withinNow = within;
    sweepSymbols();
  }

  /** The model that {@link #state()} describes. */
  public static PooledMeans restore(byte[] state) {
    StateReader in = new StateReader(ALGORITHM, state);
    int symbols = in.count(1);
    PooledMeans model =
        new PooledMeans(
            symbols,
            in.next(),
            in.next(),
            new InverseGamma(in.next(), in.next()),
            new InverseGamma(in.next(), in.next()),
            Forgetting.read(in));
    System.arraycopy(
        in.next((long) symbols * WIDTH), 0, model.statistics, 0, model.statistics.length);
    System.arraycopy(in.next(symbols), 0, model.symbolMean, 0, symbols);
    System.arraycopy(in.next(symbols), 0, model.symbolVariance, 0, symbols);
    model.commonMean = in.next();
    model.commonVariance = in.next();
    model.betweenNow = new InverseGamma(in.next(), in.next());
    model.withinNow = new InverseGamma(in.next(), in.next());
    in.end();
    return model;
  }

  @Override
  public String algorithm() {
    return ALGORITHM;
  }

  @Override
  public double observations() {
    double sum = 0;
    for (int s = 0; s < symbols; s++) {
      sum += statistics[s * WIDTH];
    }
    return sum;
  }

  /** Mean of the symbols' means. */
  public double commonMean() {
    return commonMean;
  }

  /** What is known of the variance of symbols' means. */
  public InverseGamma between() {
    return betweenNow;
  }

  /** What is known of the variance of outcomes around their symbol's mean. */
  public InverseGamma within() {
    return withinNow;
  }

  @Override
  public StudentT predict(double[] row) {
    int s = Settings.stateOf(row, symbols);
    double pooled = symbolVariance[s] * betweenNow.meanPrecision();
    double variance =
        1 / withinNow.meanPrecision() + symbolVariance[s] + pooled * pooled * commonVariance;
    return new StudentT(2 * withinNow.shape(), symbolMean[s], StrictMath.sqrt(variance));
  }

  @Override
  public void learn(double[] row, double value) {
    int symbol = Settings.stateOf(row, symbols);
    STATISTICS.check(value);
    double retention = forgetting.retention(value, observations());
    for (int s = 0; s < symbols; s++) {
      STATISTICS.retain(statistics, s * WIDTH, retention);
    }
    STATISTICS.add(statistics, symbol * WIDTH, value);
    for (int i = 0; i < SWEEPS; i++) {
      sweepSymbols();
      sweepCommon();
      sweepVariances();
    }
  }

  private void sweepSymbols() {
    double p = withinNow.meanPrecision();
    double q = betweenNow.meanPrecision();
    for (int s = 0; s < symbols; s++) {
      double n = statistics[s * WIDTH];
      symbolVariance[s] = 1 / (n * p + q);
      symbolMean[s] = symbolVariance[s] * (n * statistics[s * WIDTH + 1] * p + commonMean * q);
    }
  }

  private void sweepCommon() {
    double q = betweenNow.meanPrecision();
    double sum = 0;
    for (int s = 0; s < symbols; s++) {
      sum += symbolMean[s];
    }
    double prior = 1 / (meanSd * meanSd);
    commonVariance = 1 / (prior + symbols * q);
    commonMean = commonVariance * (mean * prior + q * sum);
  }

  private void sweepVariances() {
    double across = 0;
    double inside = 0;
    double n = 0;
    for (int s = 0; s < symbols; s++) {
      double count = statistics[s * WIDTH];
      double off = symbolMean[s] - commonMean;
      double rest = statistics[s * WIDTH + 1] - symbolMean[s];
      across += off * off + symbolVariance[s] + commonVariance;
      inside += statistics[s * WIDTH + 2] + count * (rest * rest + symbolVariance[s]);
      n += count;
    }
    betweenNow = new InverseGamma(between.shape() + symbols / 2.0, between.scale() + across / 2);
    withinNow = new InverseGamma(within.shape() + n / 2, within.scale() + inside / 2);
  }

  @Override
  public byte[] state() {
    StateWriter out = new StateWriter(ALGORITHM);
    out.put(symbols, mean, meanSd);
    out.put(between.shape(), between.scale(), within.shape(), within.scale());
    forgetting.write(out);
    out.put(statistics);
    out.put(symbolMean);
    out.put(symbolVariance);
    out.put(commonMean, commonVariance);
    out.put(betweenNow.shape(), betweenNow.scale(), withinNow.shape(), withinNow.scale());
    return out.bytes();
  }
}
