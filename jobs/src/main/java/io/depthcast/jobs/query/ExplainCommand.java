package io.depthcast.jobs.query;

import io.depthcast.features.Feature;
import io.depthcast.features.FeatureFamily;
import io.depthcast.fitted.FittedFamily;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.features.FamilyText;
import io.depthcast.jobs.features.FeaturesConfig;
import io.depthcast.jobs.train.TrainConfig;
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

/** Says what a column of the configured feature set, or a fitted input, is. Needs no Spark. */
@Command(
    name = "explain",
    description =
        "Say what a column of the configured feature set, or a fitted input, is. Needs no Spark.")
public final class ExplainCommand implements Callable<Integer> {

  private static final int NEAREST = 5;

  @Parameters(
      paramLabel = "COLUMN",
      description = "Column of gold.features_<set>, or fitted input.")
  private String column;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (default: configs/features.yaml as shipped).")
  private Path config;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "Configuration with the fitted inputs (default: configs/train-fitted.yaml as shipped).")
  private Path train;

  @SuppressWarnings("UnusedVariable") // for picocli
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() {
    ConfigFile file = file(config, "features.yaml");
    FeaturesConfig set = file.as(FeaturesConfig.class);
    TrainConfig training = file(train, "train-fitted.yaml").as(TrainConfig.class);
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
    for (FittedFamily family : training.fitted()) {
      names.add(family.produces().name());
      if (family.produces().name().equals(column)) {
        print(family);
        return JobMain.DONE;
      }
    }
    throw new ConfigException(
        "No column " + column + " in " + file.name() + "; nearest: " + nearest(names));
  }

  private static ConfigFile file(Path given, String shipped) {
    return given == null ? ConfigFile.shipped(shipped) : ConfigFile.of(given);
  }

  private static void print(FeatureFamily family, Feature feature) {
    print(feature, FamilyText.yaml(family), family.reference());
    Console.print("  warm-up  " + FamilyText.warmUp(family));
  }

  private static void print(FittedFamily family) {
    print(family.produces(), FamilyText.yaml(family), family.reference());
    Console.print("  fitted   " + FamilyText.fitted(family));
  }

  private static void print(Feature feature, String family, String reference) {
    Console.print(feature.name());
    Console.print("  family   " + family);
    Console.print("  formula  " + feature.formula());
    Console.print("  unit     " + feature.unit());
    Console.print("  source   " + reference);
  }

  private String nearest(List<String> names) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return names.stream()
        .sorted(Comparator.comparing(name -> distance.apply(column, name)))
        .limit(NEAREST)
        .collect(Collectors.joining(", "));
  }
}
