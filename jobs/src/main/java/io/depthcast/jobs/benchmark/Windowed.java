package io.depthcast.jobs.benchmark;

import io.depthcast.models.MoveClass;
import io.depthcast.networks.Architecture;
import io.depthcast.networks.Network;
import io.depthcast.networks.NetworkFit;
import io.depthcast.networks.Schedule;
import io.depthcast.networks.Windows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network over windows of the protocol's inputs.
 *
 * @param validationEvery one of how many validation rows decides when the fit stops; all are
 *     forecast
 */
record Windowed(String name, Architecture architecture, Schedule schedule, int validationEvery)
    implements Contestant {

  private static final int BATCH = 256;

  @Override
  public boolean isSeeded() {
    return true;
  }

  @Override
  public boolean isProbabilistic() {
    return true;
  }

  @Override
  public List<Forecast> forecasts(Contest contest, List<Long> seeds) {
    PaddedRows padded = PaddedRows.of(contest.rows(), architecture.steps());
    Problem problem = contest.problem();
    Windows train = padded.windows(problem.train(), problem.labels());
    Windows validation = padded.windows(problem.validation(), problem.labels());
    Windows test = padded.windows(problem.test(), problem.labels());
    Windows stopping =
        padded.windows(
            IntStream.range(0, problem.validation().length)
                .filter(i -> i % validationEvery == 0)
                .map(i -> problem.validation()[i])
                .toArray(),
            problem.labels());
    // A fit runs on one thread: seeds side by side use the cores.
    return seeds.parallelStream()
        .map(
            seed -> {
              long[] learnt = {0};
              try (Network network =
                  new NetworkFit(architecture, schedule)
                      .fit(
                          train,
                          stopping,
                          seed,
                          p -> {
                            learnt[0] = p.windows();
                            contest.progress().accept(progress(seed, p));
                          })) {
                return new Forecast(
                    probabilities(network, validation),
                    probabilities(network, test),
                    String.format("%.1f epochs", (double) learnt[0] / train.count()));
              }
            })
        .toList();
  }

  private String progress(long seed, NetworkFit.Progress p) {
    return String.format(
        "  %s seed %d: %,d windows, loss %.4f, validation macro-F1 %.4f, best %.4f",
        name, seed, p.windows(), p.loss(), p.macroF1(), p.best());
  }

  private static double[][] probabilities(Network network, Windows windows) {
    double[][] all = new double[MoveClass.COUNT][windows.count()];
    for (int from = 0; from < windows.count(); from += BATCH) {
      int to = Math.min(windows.count(), from + BATCH);
      float[][] some = new float[to - from][MoveClass.COUNT];
      network.probabilities(windows.rows(), Arrays.copyOfRange(windows.begins(), from, to), some);
      for (int i = from; i < to; i++) {
        for (int c = 0; c < MoveClass.COUNT; c++) {
          all[c][i] = some[i - from][c];
        }
      }
    }
    return all;
  }

  /**
   * The inputs with the first row of each session before it, as often as a window needs it, so that
   * every row has a window and none crosses a session.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record PaddedRows(float[] values, int columns, int steps, int[] begins) {

    static PaddedRows of(BenchmarkRows rows, int steps) {
      Columns inputs = rows.inputs();
      int columns = inputs.count();
      int sessions = 0;
      for (int i = 0; i < rows.rows(); i++) {
        sessions += rows.sessionFirst()[i] == i ? 1 : 0;
      }
      float[] values = new float[(rows.rows() + sessions * (steps - 1)) * columns];
      int[] begins = new int[rows.rows()];
      int end = 0;
      for (int i = 0; i < rows.rows(); i++) {
        int copies = rows.sessionFirst()[i] == i ? steps : 1;
        for (int c = 0; c < copies; c++) {
          System.arraycopy(inputs.values(), i * columns, values, end, columns);
          end += columns;
        }
        begins[i] = end - steps * columns;
      }
      return new PaddedRows(values, columns, steps, begins);
    }

    Windows windows(int[] rows, byte[] labels) {
      int[] some = new int[rows.length];
      byte[] theirs = new byte[rows.length];
      for (int i = 0; i < rows.length; i++) {
        some[i] = begins[rows[i]];
        theirs[i] = labels[rows[i]];
      }
      return new Windows(values, columns, steps, some, theirs);
    }
  }
}
