package io.depthcast.jobs.explore;

import io.depthcast.jobs.explore.SliceFacts.ColumnFacts;
import io.depthcast.jobs.explore.SliceFacts.LabelFacts;
import io.depthcast.jobs.explore.SliceFacts.PairFacts;
import io.depthcast.jobs.table.Slice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Makes the facts of a slice out of its parts.
 *
 * @param features names of the feature columns
 * @param labels names of the labels
 * @param points values that a column's distribution is kept in
 * @param parts parts that a slice is cut into to see whether its ICs hold throughout
 */
record SliceExploration(
    ExploreConfig config, List<String> features, List<String> labels, int points, int parts)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  SliceFacts of(Slice slice, SampleGrid grid, Iterable<SlicePartSample> files) {
    List<SlicePartSample> inOrder =
        StreamSupport.stream(files.spliterator(), false)
            .sorted(Comparator.comparingLong(SlicePartSample::firstSeq))
            .toList();
    Set<String> setIds = new TreeSet<>();
    inOrder.forEach(part -> setIds.addAll(part.featureSetIds()));
    List<ColumnFacts> columnFacts = new ArrayList<>();
    List<Codes> columns = new ArrayList<>();
    for (String name : features) {
      double[] sample = sample(inOrder, name, grid);
      columnFacts.add(new ColumnFacts(moments(inOrder, name), points(sample)));
      columns.add(Codes.of(sample));
    }
    RankMatrix matrix = RankMatrix.of(columns);
    List<byte[]> bins = columns.stream().map(column -> column.bins(config.bins())).toList();
    List<LabelFacts> labelFacts = new ArrayList<>();
    PairFacts[][] pairs = new PairFacts[features.size()][labels.size()];
    for (int l = 0; l < labels.size(); l++) {
      String label = labels.get(l);
      Codes codes = Codes.of(sample(inOrder, label, grid));
      long reach =
          inOrder.stream()
              .mapToLong(part -> part.reaches().getOrDefault(label, 0L))
              .max()
              .orElse(0);
      MovingBlocks blocks =
          MovingBlocks.of(grid.size(), grid.sampled(reach), config.blockReaches());
      labelFacts.add(new LabelFacts(moments(inOrder, label), reach, blocks.length()));
      byte[] labelBins = codes.bins(config.bins());
      byte[][] shuffled = shuffled(labelBins, blocks, slice, label);
      for (int f = 0; f < features.size(); f++) {
        pairs[f][l] = pair(columns.get(f), codes, blocks, bins.get(f), labelBins, shuffled);
      }
    }
    return new SliceFacts(
        slice, grid, setIds, columnFacts, matrix.correlations(), matrix.rows(), labelFacts, pairs);
  }

  private static double[] sample(List<SlicePartSample> files, String name, SampleGrid grid) {
    double[] sample = new double[grid.size()];
    Arrays.fill(sample, Double.NaN);
    for (SlicePartSample part : files) {
      SampledColumn column = part.columns().get(name);
      if (column != null) {
        column.into(sample);
      }
    }
    return sample;
  }

  private static Moments moments(List<SlicePartSample> files, String name) {
    Moments moments = new Moments();
    for (SlicePartSample part : files) {
      SampledColumn column = part.columns().get(name);
      if (column != null) {
        moments.add(column.moments());
      }
    }
    return moments;
  }

  private double[] points(double[] sample) {
    double[] sorted =
        Arrays.stream(sample).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0) {
      return sorted;
    }
    double[] kept = new double[points];
    for (int i = 0; i < points; i++) {
      kept[i] = sorted[(int) ((i + 0.5) / points * sorted.length)];
    }
    return kept;
  }

  /** The label's bins with two blocks exchanged, the same for every feature. */
  private byte[][] shuffled(byte[] bins, MovingBlocks blocks, Slice slice, String label) {
    if (!blocks.fit(bins.length)) {
      return new byte[0][];
    }
    long key = 31L * (slice + " " + label).hashCode() + config.seed();
    SplittableRandom random = new SplittableRandom(key);
    byte[][] shuffled = new byte[config.shuffles()][];
    for (int s = 0; s < shuffled.length; s++) {
      shuffled[s] = MutualInformation.shuffled(bins, blocks.length(), random);
    }
    return shuffled;
  }

  private PairFacts pair(
      Codes feature,
      Codes label,
      MovingBlocks blocks,
      byte[] featureBins,
      byte[] labelBins,
      byte[][] shuffled) {
    RankCorrelation ic = RankCorrelation.of(feature, label);
    SummaryStatistics nulls = new SummaryStatistics();
    for (byte[] at : shuffled) {
      nulls.addValue(MutualInformation.bits(featureBins, at, config.bins()));
    }
    double[] inParts = new double[parts];
    for (int p = 0; p < parts; p++) {
      int from = (int) ((long) feature.rows() * p / parts);
      int to = (int) ((long) feature.rows() * (p + 1) / parts);
      inParts[p] = parts == 1 ? ic.value() : RankCorrelation.value(feature, label, from, to);
    }
    return new PairFacts(
        ic.n(),
        ic.value(),
        ic.influence().length == 0 ? Double.NaN : blocks.varianceOfMean(ic.influence()),
        blocks.blocks(ic.n()),
        MutualInformation.bits(featureBins, labelBins, config.bins()),
        nulls.getMean(),
        nulls.getStandardDeviation(),
        inParts);
  }
}
