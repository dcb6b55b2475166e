package io.depthcast.jobs.features;

import io.depthcast.features.FeatureSet;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.BookBlocks;
import io.depthcast.jobs.table.BookFiles;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.SliceFiles;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import io.depthcast.labels.Label;
import java.util.HashSet;
import java.util.List;

/** Computes features and labels of each slice. */
public final class FeaturesJob {

  public static final Job<FeaturesConfig> JOB =
      new Job<>(
          "features",
          "Compute features and labels of each slice.",
          "silver.book",
          "gold.features_<set>, gold.labels",
          Job.Input.TABLES,
          FeaturesConfig.class,
          FeaturesJob::run);

  /** Rows after which another core is worth what is read twice. */
  private static final long BLOCK_ROWS = 1 << 19;

  private FeaturesJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, FeaturesConfig config, Provenance provenance) {
    return run(lake, arguments, config, BLOCK_ROWS);
  }

  /**
   * @param blockRows rows of a block, at least
   */
  static String run(Lake lake, Arguments arguments, FeaturesConfig config, long blockRows) {
    FeatureSet features = config.features();
    TableSpec table = Tables.features(config.set(), features);
    List<Label> labels = config.labels();
    List<BookFiles> books =
        lake.books(
            arguments,
            config.levels(),
            features.readsEvents(),
            blocks(features, labels, blockRows));
    List<Slice> slices =
        lake.replaceSlices(
            List.of(table, Tables.LABELS),
            books,
            (book, out) -> write(book, out, table, features, labels));
    return String.format(
        "%d features (set %s, id %s) and %d labels of %d slices",
        features.columns().size(),
        config.set(),
        features.id(),
        labels.size(),
        new HashSet<>(slices).size());
  }

  private static BookBlocks blocks(FeatureSet features, List<Label> labels, long rows) {
    return new BookBlocks(
        rows,
        features.warmupEvents(),
        features.warmupNanos(),
        labels.stream().mapToLong(label -> label.horizon().rows()).max().orElseThrow(),
        labels.stream().mapToLong(label -> label.horizon().nanos()).max().orElseThrow());
  }

  private static Slice write(
      BookFiles book, SliceFiles out, TableSpec table, FeatureSet features, List<Label> labels)
      throws Exception {
    out.begin(book.part());
    FeatureColumns featureColumns = new FeatureColumns(out, table, book.slice(), features);
    List<LabelColumns> labelColumns =
        labels.stream()
            .map(label -> new LabelColumns(out, book.slice(), label, book.last()))
            .toList();
    book.forEach(
        rows -> {
          long seq = rows.seq[0];
          if (seq < book.first()) {
            featureColumns.warmUp(rows);
            return;
          }
          if (seq <= book.last()) {
            featureColumns.write(rows);
          }
          for (LabelColumns label : labelColumns) {
            label.write(rows);
          }
        },
        () -> labelColumns.stream().allMatch(LabelColumns::isWhole));
    for (LabelColumns label : labelColumns) {
      label.finish();
    }
    return book.slice();
  }
}
