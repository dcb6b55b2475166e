package io.depthcast.jobs.explore;

import io.depthcast.jobs.explore.SliceFacts.ColumnFacts;
import io.depthcast.jobs.table.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What all slices together say of the columns and labels of a feature set.
 *
 * @param exploreId hash of the configuration, the feature set and the slices
 * @param featureSetId the set that all rows are of
 * @param slices in order
 * @param columns by feature
 * @param correlations Spearman's correlation at {@link SliceFacts#pair(int, int)}, mean of the
 *     slices by their rows; NaN where there is none
 * @param correlationRows sampled rows that each comes from
 * @param labels by label
 * @param powers by feature, then by label
 * @param partNames what the parts of {@link Power#parts()} are
 */
record SetFacts(
    String exploreId,
    String featureSetId,
    List<SliceFacts> slices,
    List<ColumnSummary> columns,
    List<Double> correlations,
    List<Long> correlationRows,
    List<LabelSummary> labels,
    List<List<Tested>> powers,
    List<String> partNames) {

  /** A feature over all slices. */
  record ColumnSummary(String name, Moments moments, Distribution distribution) {}

  /**
   * A label over all slices.
   *
   * @param horizon its length, in events or ms as the id says
   * @param reach most rows from a row to the last that its label looks at
   * @param blockRows rows of the longest block of a slice
   */
  record LabelSummary(String id, long horizon, Moments moments, long reach, long blockRows) {}

  /**
   * A feature and a label with what the number of tests makes of it.
   *
   * @param q Benjamini and Hochberg's q-value of ic; NaN without one
   */
  record Tested(Power power, double q) {}

  /**
   * @param slices at least one, in order
   * @param parts parts that each slice was cut into
   */
  static SetFacts of(
      String exploreId,
      String featureSetId,
      List<SliceFacts> slices,
      List<String> features,
      List<LabelName> labels,
      int parts) {
    List<ColumnSummary> columns = new ArrayList<>();
    for (int f = 0; f < features.size(); f++) {
      int at = f;
      List<ColumnFacts> of = slices.stream().map(slice -> slice.columns().get(at)).toList();
      columns.add(
          new ColumnSummary(
              features.get(f),
              sum(of.stream().map(ColumnFacts::moments).toList()),
              Distribution.of(of.stream().filter(c -> c.points().length > 0).toList())));
    }
    List<LabelSummary> labelSummaries = new ArrayList<>();
    for (int l = 0; l < labels.size(); l++) {
      labelSummaries.add(label(slices, labels.get(l), l));
    }
    List<Double> correlations = new ArrayList<>();
    List<Long> correlationRows = new ArrayList<>();
    for (int pair = 0; pair < slices.get(0).correlations().length; pair++) {
      correlate(slices, pair, correlations, correlationRows);
    }
    return new SetFacts(
        exploreId,
        featureSetId,
        slices,
        columns,
        correlations,
        correlationRows,
        labelSummaries,
        tested(slices, features.size(), labels.size()),
        partNames(slices, parts));
  }

  private static Moments sum(List<Moments> of) {
    Moments sum = new Moments();
    of.forEach(sum::add);
    return sum;
  }

  private static LabelSummary label(List<SliceFacts> slices, LabelName label, int at) {
    return new LabelSummary(
        label.id(),
        label.horizon(),
        sum(slices.stream().map(slice -> slice.labels().get(at).moments()).toList()),
        slices.stream().mapToLong(slice -> slice.labels().get(at).reach()).max().orElseThrow(),
        slices.stream()
            .mapToLong(slice -> slice.labels().get(at).blockRows() * slice.grid().every())
            .max()
            .orElseThrow());
  }

  private static void correlate(
      List<SliceFacts> slices, int pair, List<Double> correlations, List<Long> rows) {
    double sum = 0;
    long n = 0;
    for (SliceFacts slice : slices) {
      if (!Float.isNaN(slice.correlations()[pair])) {
        sum += (double) slice.correlations()[pair] * slice.correlationRows()[pair];
        n += slice.correlationRows()[pair];
      }
    }
    correlations.add(n == 0 ? Double.NaN : sum / n);
    rows.add(n);
  }

  private static List<List<Tested>> tested(List<SliceFacts> slices, int features, int labels) {
    List<Power> powers = new ArrayList<>();
    for (int f = 0; f < features; f++) {
      for (int l = 0; l < labels; l++) {
        int feature = f;
        int label = l;
        powers.add(Power.of(slices.stream().map(s -> s.pairs()[feature][label]).toList()));
      }
    }
    double[] q = FalseDiscoveries.qValues(powers.stream().mapToDouble(Power::p).toArray());
    return IntStream.range(0, features)
        .mapToObj(
            f ->
                IntStream.range(f * labels, (f + 1) * labels)
                    .mapToObj(at -> new Tested(powers.get(at), q[at]))
                    .toList())
        .toList();
  }

  private static List<String> partNames(List<SliceFacts> slices, int parts) {
    List<String> names = new ArrayList<>();
    for (SliceFacts slice : slices) {
      for (int p = 1; p <= parts; p++) {
        names.add(slice.slice() + (parts == 1 ? "" : ", part " + p + " of " + parts));
      }
    }
    return names;
  }

  /** Pairs that were tested: those with an interval. */
  long tests() {
    return powers.stream().flatMap(List::stream).filter(t -> !Double.isNaN(t.q)).count();
  }

  /** Pairs of a q-value up to a rate. */
  long findings(double rate) {
    return powers.stream().flatMap(List::stream).filter(t -> t.q <= rate).count();
  }

  /** Correlation of two features; 1 of a feature with itself unless it is constant. */
  double correlation(int i, int j) {
    if (i == j) {
      return columns.get(i).moments().standardDeviation() > 0 ? 1 : Double.NaN;
    }
    return correlations.get(SliceFacts.pair(Math.min(i, j), Math.max(i, j)));
  }

  /** Names of the slices. */
  List<Slice> sliceNames() {
    return slices.stream().map(SliceFacts::slice).toList();
  }
}
