package io.depthcast.bayes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A particle filter for a hidden level under regimes that switch. Each step the regime stays with a
 * probability or else goes to any other alike; the level moves as its {@link Regime} says; the
 * outcome is the level with normal noise. At the start all regimes are alike and the level is what
 * it is after long in its regime.
 *
 * <p>A particle is a path of regimes, of which the last is kept, and the level's mean and variance
 * given the path, by the Kalman filter. With an outcome each particle is continued by each regime;
 * a continuation weighs what the step to its regime and the outcome's density say, and as many as
 * there are particles are drawn by systematic resampling, with one uniform number. All particles
 * weigh the same afterwards. The forecast is a mixture of normals, one for each continuation.
 *
 * <p>Chen, Liu 2000, Mixture Kalman filters; the continuation that looks at the outcome before it
 * draws: Pitt, Shephard 1999, Filtering via simulation: auxiliary particle filters.
 *
 * <p>A row is empty: the forecast is of the outcome that follows the last learned. Parameters are
 * given, not learned; forgetting is in the regimes.
 */
public final class RegimeFilter implements OnlineRegression {
  public static final String ALGORITHM = "regime_filter";

  private final List<Regime> regimes;
  private final double stay;
  private final double noise;
  private final long seed;
  private final int particles;

  private final int[] regime;
  private final double[] mean;
  private final double[] variance;
  private long steps;

  /**
   * @param regimes 2 or more
   * @param stay probability to stay in a regime, above 0, below 1
   * @param noise standard deviation of an outcome around the level, above 0
   * @param particles 1 or more; a few hundred are many
   * @param seed of the draws
   */
  public RegimeFilter(List<Regime> regimes, double stay, double noise, int particles, long seed) {
    if (regimes.size() < 2) {
      throw new IllegalArgumentException(
          "Invalid regimes: " + regimes.size() + " (must be 2 or more)");
    }
    if (!(stay > 0 && stay < 1)) {
      throw new IllegalArgumentException(
          "Invalid stay: " + stay + " (must be above 0 and below 1)");
    }
    Settings.requirePositive("noise", noise);
    if (particles < 1) {
      throw new IllegalArgumentException(
          "Invalid particles: " + particles + " (must be 1 or more)");
    }
    this.regimes = List.copyOf(regimes);
    this.stay = stay;
    this.noise = noise;
    this.particles = particles;
    this.seed = seed;
    regime = new int[particles];
    mean = new double[particles];
    variance = new double[particles];
    for (int i = 0; i < particles; i++) {
      regime[i] = (int) ((long) i * regimes.size() / particles);
      mean[i] = regimes.get(regime[i]).mean();
      variance[i] = regimes.get(regime[i]).variance();
    }
  }

  /** The model that {@link #state()} describes. */
  public static RegimeFilter restore(byte[] state) {
    StateReader in = new StateReader(ALGORITHM, state);
    int count = in.count(2);
    List<Regime> regimes = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      regimes.add(new Regime(in.next(), in.next(), in.next()));
    }
    double stay = in.next();
    double noise = in.next();
    int particles = in.count(1);
    long seed = ((long) in.next() << 32) | (long) in.next();
    RegimeFilter filter = new RegimeFilter(regimes, stay, noise, particles, seed);
    filter.steps = (long) in.next();
    for (int i = 0; i < particles; i++) {
      filter.regime[i] = in.count(0);
      if (filter.regime[i] >= count) {
        throw in.damaged();
      }
      filter.mean[i] = in.next();
      filter.variance[i] = in.next();
    }
    in.end();
    return filter;
  }

  @Override
  public String algorithm() {
    return ALGORITHM;
  }

  @Override
  public double observations() {
    return (double) steps;
  }

  /**
   * Probability of each regime at the last outcome learned.
   *
   * @param out {@code [regimes]}
   */
  public void regimeProbabilities(double[] out) {
    Settings.requireOut(out, regimes.size());
    int[] counts = new int[out.length];
    for (int k : regime) {
      counts[k]++;
    }
    for (int k = 0; k < out.length; k++) {
      out[k] = counts[k] / (double) particles;
    }
  }

  @Override
  public NormalMixture predict(double[] row) {
    check(row);
    int count = regimes.size();
    double[] weights = new double[particles * count];
    double[] means = new double[particles * count];
    double[] sds = new double[particles * count];
    for (int i = 0; i < particles; i++) {
      for (int k = 0; k < count; k++) {
        int c = k * particles + i;
        weights[c] = step(regime[i], k) / particles;
        means[c] = levelMean(i, k);
        sds[c] = StrictMath.sqrt(levelVariance(i, k) + noise * noise);
      }
    }
    return new NormalMixture(weights, means, sds);
  }

  @Override
  public void learn(double[] row, double value) {
    check(row);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Invalid value: " + value + " (must be finite)");
    }
    resample(weights(value), value);
    steps++;
  }

  /** Probability of a step from one regime to another. */
  private double step(int from, int to) {
    return from == to ? stay : (1 - stay) / (regimes.size() - 1);
  }

  private double levelMean(int particle, int to) {
    Regime next = regimes.get(to);
    return next.mean() + next.persistence() * (mean[particle] - next.mean());
  }

  private double levelVariance(int particle, int to) {
    Regime next = regimes.get(to);
    return next.persistence() * next.persistence() * variance[particle] + next.sd() * next.sd();
  }

  /**
   * Of each particle's continuation by each regime, their sum 1. All of one regime stand together:
   * were those of one particle to stand together, the even steps of systematic resampling would
   * take the same regime from every particle.
   */
  private double[] weights(double value) {
    double[] weights = new double[particles * regimes.size()];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < weights.length; c++) {
      double spread = levelVariance(c % particles, c / particles) + noise * noise;
      double off = value - levelMean(c % particles, c / particles);
      weights[c] =
          StrictMath.log(step(regime[c % particles], c / particles))
              - StrictMath.log(spread) / 2
              - off * off / (2 * spread);
      greatest = Math.max(greatest, weights[c]);
    }
    double sum = 0;
    for (int c = 0; c < weights.length; c++) {
      weights[c] = StrictMath.exp(weights[c] - greatest);
      sum += weights[c];
    }
    for (int c = 0; c < weights.length; c++) {
      weights[c] /= sum;
    }
    return weights;
  }

  /** Draws the particles that go on, and updates their levels with the outcome. */
  private void resample(double[] weights, double value) {
    int[] nextRegime = new int[particles];
    double[] nextMean = new double[particles];
    double[] nextVariance = new double[particles];
    // each step has draws of its own, so that no generator has to be kept
    double uniform = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + steps).nextDouble();
    int c = 0;
    double sum = weights[0];
    for (int i = 0; i < particles; i++) {
      while ((i + uniform) / particles >= sum && c < weights.length - 1) {
        c++;
        sum += weights[c];
      }
      int to = c / particles;
      double levelMean = levelMean(c % particles, to);
      double levelVariance = levelVariance(c % particles, to);
      double spread = levelVariance + noise * noise;
      nextRegime[i] = to;
      nextMean[i] = levelMean + levelVariance / spread * (value - levelMean);
      nextVariance[i] = levelVariance * noise * noise / spread;
    }
    System.arraycopy(nextRegime, 0, regime, 0, particles);
    System.arraycopy(nextMean, 0, mean, 0, particles);
    System.arraycopy(nextVariance, 0, variance, 0, particles);
  }

  private static void check(double[] row) {
    if (row.length != 0) {
      throw new IllegalArgumentException(
          "Invalid row: %d values (must be empty)".formatted(row.length));
    }
  }

  @Override
  public byte[] state() {
    StateWriter out = new StateWriter(ALGORITHM);
    out.put(regimes.size());
    for (Regime each : regimes) {
      out.put(each.mean(), each.persistence(), each.sd());
    }
    out.put(stay, noise, particles);
    // halves of the seed, which are whole numbers as doubles
    out.put((double) (seed >>> 32), (double) (seed & 0xFFFFFFFFL), (double) steps);
    for (int i = 0; i < particles; i++) {
      out.put(regime[i], mean[i], variance[i]);
    }
    return out.bytes();
  }
}
