package io.depthcast.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.features.Feature;
import io.depthcast.features.FeatureFamily;
import io.depthcast.fitted.FittedFamily;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.train.TrainConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/features.md} holds what the families say of themselves, and {@code docs/features} a
 * picture of each. With the system property {@code docs.write} they are written anew.
 */
class FeaturePageTest {

  private static final Path PAGE =
      Path.of(System.getProperty("depthcast.root"), "docs/features.md");

  private static final Path PICTURES =
      Path.of(System.getProperty("depthcast.root"), "docs/features");

  private static final List<FeatureFamily> SHIPPED =
      ConfigFile.shipped("features-full.yaml").as(FeaturesConfig.class).families();

  private static final List<FittedFamily> FITTED =
      ConfigFile.shipped("train-fitted.yaml").as(TrainConfig.class).fitted();

  private static final String TABLE = "| column | formula | unit |\n|---|---|---|\n";

  private static final String FITTED_HEAD =
      """

      # Fitted features

      Inputs whose formula holds numbers that training fits, on the training rows of each fold and by symbol, and \
      stores in `gold.models` with the fold's models (`fitted` of a training's configuration; shown are \
      those of `configs/train-fitted.yaml`). A row in which a column that they read is null neither trains nor is forecast, nor is one of a symbol \
      that has no training rows in the fold. Their records are in `io.depthcast.fitted`. The pictures are of fits on the \
      simulated session before the events that are shown.
      """;

  private static final String HEAD =
      """
      # Features

      Every family of features with its columns, as the families say of themselves; this page is made of \
      them and a test compares both. Make it anew with

      ```
      mvn -q -pl jobs -am test -Dtest=FeaturePageTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true
      ```

      A family is shown with its parameters of `configs/features-full.yaml`, which has them all. A value is null in suspect rows, and from the first row of a slice, and the \
      first after a suspect one, until the warm-up has passed. What a formula leaves open, and when a value \
      is null besides, is in the Javadoc of the family's record in `io.depthcast.features`. The picture shows a \
      column of the family, with the mid above it, over 300 events of a simulated session; a line holds until the \
      next event. \
      `./depthcast features explain COLUMN` says the same of one column of your configuration.
      """;

  @Test
  void holdsWhatTheFamiliesSay() throws IOException {
    String page = page();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("run the command at the head of the page").hasContent(page);
  }

  @Test
  void picturesShowTheColumnsOfASimulatedSession() throws IOException {
    Map<String, String> pictures = FeaturePictures.draw(SHIPPED);
    assertThat(pictures).hasSize(FeatureFamily.class.getPermittedSubclasses().length);
    Map<String, String> fitted =
        FeaturePictures.drawFitted(
            FITTED, ConfigFile.shipped("features.yaml").as(FeaturesConfig.class).features());
    assertThat(fitted).hasSize(FittedFamily.class.getPermittedSubclasses().length);
    pictures.putAll(fitted);
    if (Boolean.getBoolean("docs.write")) {
      Files.createDirectories(PICTURES);
      for (Map.Entry<String, String> picture : pictures.entrySet()) {
        Files.writeString(PICTURES.resolve(picture.getKey() + ".svg"), picture.getValue());
      }
    }
    pictures.forEach(
        (name, picture) -> {
          assertThat(PICTURES.resolve(name + ".svg"))
              .as("run the command at the head of docs/features.md")
              .hasContent(picture);
          assertThat(picture).doesNotContain("NaN", "Infinity").hasSizeLessThan(15_000);
        });
    try (Stream<Path> files = Files.list(PICTURES)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".svg", "")))
          .containsExactlyInAnyOrderElementsOf(pictures.keySet());
    }
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    Arrays.stream(FeatureFamily.class.getPermittedSubclasses())
        .sorted(Comparator.comparing(Class::getSimpleName))
        .forEach(family -> section(family, page));
    page.append(FITTED_HEAD);
    Arrays.stream(FittedFamily.class.getPermittedSubclasses())
        .sorted(Comparator.comparing(Class::getSimpleName))
        .forEach(family -> fittedSection(family, page));
    return page.toString();
  }

  private static void fittedSection(Class<?> family, StringBuilder page) {
    List<FittedFamily> shown = FITTED.stream().filter(family::isInstance).toList();
    assertThat(shown)
        .as("configs/train-fitted.yaml has no %s", family.getSimpleName())
        .isNotEmpty();
    head(FamilyText.name(shown.get(0)), shown.get(0).reference(), page);
    for (FittedFamily each : shown) {
      page.append("\n`").append(FamilyText.yaml(each)).append("`");
      page.append(", fitted ").append(FamilyText.fitted(each)).append("\n\n");
      page.append(TABLE);
      row(each.produces(), page);
    }
  }

  private static void head(String name, String reference, StringBuilder page) {
    page.append("\n## ").append(name).append("\n\n");
    page.append("Source: ").append(reference).append(".\n\n");
    page.append("![").append(name).append(", simulated](features/").append(name);
    page.append(".svg)\n");
  }

  private static void row(Feature feature, StringBuilder page) {
    page.append("| `").append(feature.name()).append("` | ");
    page.append(cell(feature.formula())).append(" | ").append(cell(feature.unit()));
    page.append(" |\n");
  }

  private static void section(Class<?> family, StringBuilder page) {
    List<FeatureFamily> shown = SHIPPED.stream().filter(family::isInstance).toList();
    assertThat(shown)
        .as("configs/features-full.yaml has no %s", family.getSimpleName())
        .isNotEmpty();
    FeatureFamily first = shown.get(0);
    head(FamilyText.name(first), first.reference(), page);
    for (FeatureFamily each : shown) {
      page.append("\n`").append(FamilyText.yaml(each)).append("`");
      page.append(", warm-up: ").append(FamilyText.warmUp(each)).append("\n\n");
      page.append(TABLE);
      each.produces().forEach(feature -> row(feature, page));
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
