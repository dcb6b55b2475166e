package io.depthcast.jobs.features;

import io.depthcast.features.FeatureSet;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.BookFiles;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.SliceFiles;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import io.depthcast.labels.Label;
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

  private FeaturesJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, FeaturesConfig config, Provenance provenance) {
    FeatureSet features = config.features();
    TableSpec table = Tables.features(config.set(), features);
    List<Label> labels = config.labels();
    List<BookFiles> slices = lake.books(arguments, features.levels(), features.readsEvents());
    lake.replaceSlices(
        List.of(table, Tables.LABELS),
        slices,
        (book, out) -> write(book, out, table, features, labels));
    return String.format(
        "%d features (set %s, id %s) and %d labels of %d slices",
        features.columns().size(), config.set(), features.id(), labels.size(), slices.size());
  }

  private static Slice write(
      BookFiles book, SliceFiles out, TableSpec table, FeatureSet features, List<Label> labels)
      throws Exception {
    Slice slice = book.slice();
    out.begin(slice);
    FeatureColumns featureColumns = new FeatureColumns(out, table, slice, features);
    List<LabelColumns> labelColumns =
        labels.stream().map(label -> new LabelColumns(out, slice, label)).toList();
    book.forEach(
        rows -> {
          featureColumns.write(rows);
          for (LabelColumns label : labelColumns) {
            label.write(rows);
          }
        });
    for (LabelColumns label : labelColumns) {
      label.finish();
    }
    return slice;
  }
}
