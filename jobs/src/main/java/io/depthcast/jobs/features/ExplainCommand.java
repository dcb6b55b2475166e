package io.depthcast.jobs.features;

import io.depthcast.features.Feature;
import io.depthcast.features.FeatureFamily;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.JobMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a column of the configured feature set is. Needs no Spark. */
@Command(
    name = "explain",
    description = "Say what a column of the configured feature set is. Needs no Spark.")
public final class ExplainCommand implements Callable<Integer> {

  private static final int NEAREST = 5;

  @Parameters(paramLabel = "COLUMN", description = "Column of gold.features_<set>.")
  private String column;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (default: configs/features.yaml as shipped).")
  private Path config;

  @SuppressWarnings("UnusedVariable") // for picocli
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() {
    ConfigFile file = config == null ? ConfigFile.shipped("features.yaml") : ConfigFile.of(config);
    FeaturesConfig set = file.as(FeaturesConfig.class);
    List<String> names = new ArrayList<>();
    for (FeatureFamily family : set.families()) {
      for (Feature feature : family.produces()) {
        names.add(feature.name());
        if (feature.name().equals(column)) {
          print(family, feature);
          return JobMain.DONE;
        }
      }
    }
    throw new ConfigException(
        "No column " + column + " in " + file.name() + "; nearest: " + nearest(names));
  }

  private static void print(FeatureFamily family, Feature feature) {
    FamilyText text = new FamilyText(family);
    Console.print(feature.name());
    Console.print("  family   " + text.yaml());
    Console.print("  formula  " + feature.formula());
    Console.print("  unit     " + feature.unit());
    Console.print("  source   " + family.reference());
    Console.print("  warm-up  " + text.warmUp());
  }

  private String nearest(List<String> names) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return names.stream()
        .sorted(Comparator.comparing(name -> distance.apply(column, name)))
        .limit(NEAREST)
        .collect(Collectors.joining(", "));
  }
}
