package io.depthcast.jobs.features;

import static org.apache.spark.sql.functions.col;

import io.depthcast.features.FeatureSet;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.BookRows;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.RowStream;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import io.depthcast.labels.Label;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes features and labels of each slice. */
public final class FeaturesJob {

  public static final Job<FeaturesConfig> JOB =
      new Job<>(
          "features",
          "Compute features and labels of each slice.",
          "silver.book",
          "gold.features_<set>, gold.labels",
          false,
          FeaturesConfig.class,
          FeaturesJob::run);

  private FeaturesJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, FeaturesConfig config, Provenance provenance) {
    List<Slice> slices = lake.slices("silver.book", arguments);
    FeatureSet features = config.features();
    TableSpec table = Tables.features(config.set(), features);

    Dataset<Row> book = book(lake, arguments, features.levels(), slices.size());
    Dataset<Row> best = book(lake, arguments, 1, slices.size());
    List<Label> labels = config.labels();
    lake.replaceAll(
        slices,
        Map.of(
            table,
            RowStream.map(book, table.schema(), rows -> new FeatureRows(rows, features)),
            Tables.LABELS,
            RowStream.map(best, Tables.LABELS.schema(), rows -> new LabelRows(rows, labels))));

    return String.format(
        "%d features (set %s, id %s) and %d labels of %d slices",
        features.columns().size(),
        config.set(),
        features.id(),
        config.labels().size(),
        slices.size());
  }

  private static Dataset<Row> book(Lake lake, Arguments arguments, int levels, int slices) {
    Column[] columns =
        BookRows.columns(levels).stream().map(name -> col(name)).toArray(Column[]::new);
    return lake.inOrder(lake.read("silver.book", arguments).select(columns), slices);
  }
}
