package io.depthcast.jobs.explore;

import static org.apache.spark.sql.functions.col;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.FeatureSetId;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.LakeFile;
import io.depthcast.jobs.table.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Says what the columns of a feature set look like and what they say of the labels. */
public final class ExploreJob {

  public static final Job<ExploreConfig> JOB =
      new Job<>(
          "explore",
          "Say what the columns of a feature set look like and what they say of the labels.",
          "gold.features_<set>, gold.labels",
          "gold.feature_distributions, gold.feature_correlations, gold.feature_power,"
              + " <lake>/reports/explore-<id>/explore.html",
          Job.Input.TABLES,
          ExploreConfig.class,
          ExploreJob::run);

  /** Rate of false ones among the findings that the page and the summary speak of. */
  static final double RATE = 0.05;

  private static final Set<String> NO_FEATURES =
      Set.of("venue", "symbol", "trade_date", "seq", "ts_event", "feature_set_id");

  /** Values that distributions are kept in, all slices of a column together. */
  private static final int POINTS = 65_536;

  private ExploreJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, ExploreConfig config, Provenance provenance) {
    Dataset<Row> features = lake.read(config.featureTable(), arguments);
    Dataset<Row> labelRows = lake.read("gold.labels", arguments);
    List<String> columns =
        Arrays.stream(features.columns()).filter(name -> !NO_FEATURES.contains(name)).toList();
    List<LabelName> labels = labels(labelRows, config.labels());
    Map<Slice, SampleGrid> grids = grids(features, config.sampleRows(), arguments);
    // Spark sends number i to task i: a task for each slice.
    List<Slice> names = List.copyOf(grids.keySet());
    int parts =
        names.stream().map(Slice::tradeDate).distinct().count() == 1 ? config.dayParts() : 1;
    List<String> ids = labels.stream().map(LabelName::id).toList();
    SampleReader reader = new SampleReader(grids, columns, ids);
    int points = Math.max(16, Math.min(512, POINTS / grids.size()));
    SliceExploration exploration = new SliceExploration(config, columns, ids, points, parts);
    JavaRDD<SliceFacts> tasks =
        reader
            .features(features)
            .union(reader.labels(labelRows))
            .filter(part -> grids.containsKey(part.slice()))
            .groupBy(part -> names.indexOf(part.slice()), names.size())
            .map(
                files -> {
                  Slice slice = names.get(files._1());
                  return exploration.of(slice, grids.get(slice), files._2());
                });
    List<SliceFacts> slices =
        lake.collect(tasks, "tasks").stream()
            .sorted(Comparator.comparing(SliceFacts::slice))
            .toList();
    String setId = featureSetId(slices);
    String exploreId =
        ConfigFile.hash(
            List.of(
                ConfigFile.hash(config),
                setId,
                slices.stream().map(slice -> slice.slice().toString()).toList()));
    SetFacts facts = SetFacts.of(exploreId, setId, slices, columns, labels, parts);
    ExploreTables.write(lake, facts);
    String page = "reports/explore-" + exploreId + "/explore.html";
    String html = new ExplorePage(config, provenance, lake.versionsRead(), facts).html();
    LakeFile.write(lake, page, html.getBytes(StandardCharsets.UTF_8));
    return String.format(
        "%d columns and %d labels of %d slices, %d of %d ICs with a q-value up to %s, page at %s",
        columns.size(),
        labels.size(),
        slices.size(),
        facts.findings(RATE),
        facts.tests(),
        RATE,
        lake.path(page));
  }

  private static List<LabelName> labels(Dataset<Row> rows, List<String> wanted) {
    Map<String, LabelName> present =
        rows.select("label_id", "horizon").distinct().collectAsList().stream()
            .map(row -> new LabelName(row.getString(0), row.getLong(1)))
            .collect(Collectors.toMap(LabelName::id, label -> label, (a, b) -> a, TreeMap::new));
    for (String id : wanted) {
      if (!present.containsKey(id)) {
        throw new ConfigException(
            "labels: no label " + id + " in gold.labels; there are " + present.keySet());
      }
    }
    if (present.isEmpty()) {
      throw new ConfigException("gold.labels has no labels of these slices; run features on them");
    }
    return present.values().stream()
        .filter(label -> wanted.isEmpty() || wanted.contains(label.id()))
        .sorted(LabelName.ORDER)
        .toList();
  }

  private static Map<Slice, SampleGrid> grids(
      Dataset<Row> features, int sampleRows, Arguments arguments) {
    Map<Slice, SampleGrid> grids = new TreeMap<>();
    features
        .groupBy(col("venue"), col("symbol"), col("trade_date"))
        .count()
        .collectAsList()
        .forEach(row -> grids.put(Slice.of(row), SampleGrid.of(row.getLong(3), sampleRows)));
    if (grids.isEmpty()) {
      throw new ConfigException(
          "The features have no slice for " + arguments + "; check --symbol, --from and --to");
    }
    return grids;
  }

  private static String featureSetId(List<SliceFacts> slices) {
    Set<String> ids = new TreeSet<>();
    slices.forEach(slice -> ids.addAll(slice.featureSetIds()));
    return FeatureSetId.only(ids);
  }
}
