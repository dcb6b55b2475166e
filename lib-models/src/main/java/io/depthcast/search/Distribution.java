package io.depthcast.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.random.RandomGenerator;

/** The values that a hyper-parameter may take, and how likely each is. */
public sealed interface Distribution {

  /** A number, a truth value or a text. */
  Object draw(RandomGenerator random);

  /** Values that have to be allowed for all to be: the ends of a range, or each choice. */
  List<Object> ends();

  /**
   * Numbers, each as likely.
   *
   * @param from least, inclusive
   * @param to most, inclusive, above {@code from}
   */
  record Uniform(double from, double to) implements Distribution {

    public Uniform {
      requireAscending(from, to);
    }

    @Override
    public Object draw(RandomGenerator random) {
      return rounded(from + (to - from) * random.nextDouble(), from, to);
    }

    @Override
    public List<Object> ends() {
      return List.of(from, to);
    }
  }

  /**
   * Numbers whose logarithms are each as likely.
   *
   * @param from least, inclusive, above 0
   * @param to most, inclusive, above {@code from}
   */
  record LogUniform(double from, double to) implements Distribution {

    public LogUniform {
      if (!(from > 0)) {
        throw new IllegalArgumentException("Invalid from: " + from + " (must be above 0)");
      }
      requireAscending(from, to);
    }

    @Override
    public Object draw(RandomGenerator random) {
      return rounded(from * Math.exp(random.nextDouble() * Math.log(to / from)), from, to);
    }

    @Override
    public List<Object> ends() {
      return List.of(from, to);
    }
  }

  /**
   * Whole numbers, each as likely.
   *
   * @param from least, inclusive
   * @param to most, inclusive, above {@code from}
   */
  record Integers(int from, int to) implements Distribution {

    public Integers {
      requireAscending(from, to);
    }

    @Override
    public Object draw(RandomGenerator random) {
      return (int) random.nextLong(from, to + 1L);
    }

    @Override
    public List<Object> ends() {
      return List.of(from, to);
    }
  }

  /**
   * Named values, each as likely.
   *
   * @param of at least two
   */
  record Choice(List<Object> of) implements Distribution {

    public Choice {
      of = List.copyOf(of);
      if (of.size() < 2) {
        throw new IllegalArgumentException("Invalid of: " + of + " (must be two or more)");
      }
    }

    @Override
    public Object draw(RandomGenerator random) {
      return of.get(random.nextInt(of.size()));
    }

    @Override
    public List<Object> ends() {
      return of;
    }
  }

  private static void requireAscending(double from, double to) {
    if (!(from < to && Double.isFinite(from) && Double.isFinite(to))) {
      throw new IllegalArgumentException(
          "Invalid range: " + from + " to " + to + " (from must be below to)");
    }
  }

  /** To four digits, so that a person can copy what was found. */
  private static double rounded(double value, double from, double to) {
    double rounded = new BigDecimal(value).round(new MathContext(4)).doubleValue();
    return Math.max(from, Math.min(to, rounded));
  }
}
