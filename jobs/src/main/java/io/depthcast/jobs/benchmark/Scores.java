package io.depthcast.jobs.benchmark;

import io.depthcast.scores.BlockBootstrap;
import io.depthcast.scores.ConfusionMatrix;
import io.depthcast.scores.ForecastScore;
import io.depthcast.scores.Interval;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Scores of the classes that a model names.
 *
 * @param pooled over all rows
 * @param bySymbol of the rows of each symbol; empty where it has none
 */
record Scores(ConfusionMatrix pooled, List<ConfusionMatrix> bySymbol) {

  private static final BlockBootstrap BOOTSTRAP = new BlockBootstrap(1000, 0);

  static Scores of(BenchmarkRows data, Problem problem, int[] rows, byte[] classes) {
    ConfusionMatrix pooled = new ConfusionMatrix();
    List<ConfusionMatrix> bySymbol = matrices(data.symbols().size());
    for (int i = 0; i < rows.length; i++) {
      byte truth = problem.labels()[rows[i]];
      pooled.add(truth, classes[i]);
      bySymbol.get(data.symbol()[rows[i]]).add(truth, classes[i]);
    }
    return new Scores(pooled, bySymbol);
  }

  /** Mean of a score over the symbols that have rows. */
  double meanOverSymbols(ToDoubleFunction<ConfusionMatrix> score) {
    return bySymbol.stream().filter(m -> m.rows() > 0).mapToDouble(score).average().orElseThrow();
  }

  /** Where the macro-F1 of the test rows lies, by the bootstrap of the protocol's blocks. */
  static Interval macroF1Interval(Problem problem, byte[] classes) {
    List<ConfusionMatrix> blocks = matrices(problem.blocks());
    int[] test = problem.test();
    for (int i = 0; i < test.length; i++) {
      blocks.get(problem.block()[test[i]]).add(problem.labels()[test[i]], classes[i]);
    }
    return BOOTSTRAP.interval(blocks, ForecastScore.MACRO_F1);
  }

  private static List<ConfusionMatrix> matrices(int count) {
    return Stream.generate(ConfusionMatrix::new).limit(count).toList();
  }
}
