package io.depthcast.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.features.Feature;
import io.depthcast.features.FeatureFamily;
import io.depthcast.features.Window;
import io.depthcast.jobs.ConfigFile;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/features.md} holds what the families say of themselves. With the system property
 * {@code docs.write} it is written anew.
 */
class FeaturePageTest {

  private static final Path PAGE =
      Path.of(System.getProperty("depthcast.root"), "docs/features.md");

  private static final List<FeatureFamily> SHIPPED =
      ConfigFile.shipped("features.yaml").as(FeaturesConfig.class).families();

  private static final String HEAD =
      """
      # Features

      Every family of features with its columns, as the families say of themselves; this page is made of \
      them and a test compares both. Make it anew with

      ```
      mvn -q -pl jobs -am test -Dtest=FeaturePageTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true
      ```

      A family is shown with its parameters of `configs/features.yaml`, or with some of its own where that \
      file does not choose it. A value is null in suspect rows, and from the first row of a slice, and the \
      first after a suspect one, until the warm-up has passed. What a formula leaves open, and when a value \
      is null besides, is in the Javadoc of the family's record in `io.depthcast.features`. \
      `./depthcast features explain COLUMN` says the same of one column of your configuration.
      """;

  /** Parameters of families that the shipped configuration does not choose, the likeliest first. */
  private static final Map<Class<?>, List<Object>> CHOICES =
      Map.of(
          int.class,
          List.of(5, 1, 2, 10, 50, 100, 1000, 10_000),
          long.class,
          List.of(1000L, 1L),
          double.class,
          List.of(1.0, 0.5, 0.01, 100.0, 10_000.0),
          boolean.class,
          List.of(false, true),
          Window.class,
          List.of(Window.events(50), Window.milliseconds(1000), Window.events(1)));

  @Test
  void holdsWhatTheFamiliesSay() throws IOException {
    String page = page();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("run the command at the head of the page").hasContent(page);
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    Arrays.stream(FeatureFamily.class.getPermittedSubclasses())
        .sorted(Comparator.comparing(Class::getSimpleName))
        .forEach(family -> section(family, page));
    return page.toString();
  }

  private static void section(Class<?> family, StringBuilder page) {
    List<FeatureFamily> chosen = SHIPPED.stream().filter(family::isInstance).toList();
    boolean isShipped = !chosen.isEmpty();
    List<FeatureFamily> shown = isShipped ? chosen : List.of(example(family));
    FeatureFamily first = shown.get(0);
    page.append("\n## ").append(new FamilyText(first).name()).append("\n\n");
    page.append("Source: ").append(first.reference()).append(".\n");
    for (FeatureFamily each : shown) {
      FamilyText text = new FamilyText(each);
      page.append("\n`").append(text.yaml()).append("`");
      page.append(isShipped ? "" : " (an example)");
      page.append(", warm-up: ").append(text.warmUp()).append("\n\n");
      page.append("| column | formula | unit |\n|---|---|---|\n");
      for (Feature feature : each.produces()) {
        page.append("| `").append(feature.name()).append("` | ");
        page.append(cell(feature.formula())).append(" | ").append(cell(feature.unit()));
        page.append(" |\n");
      }
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  /** The first choice of parameters that the family takes. */
  private static FeatureFamily example(Class<?> family) {
    List<List<Object>> all = List.of(List.of());
    for (RecordComponent component : family.getRecordComponents()) {
      List<List<Object>> longer = new ArrayList<>();
      for (List<Object> parameters : all) {
        for (Object choice : choices(component)) {
          List<Object> more = new ArrayList<>(parameters);
          more.add(choice);
          longer.add(more);
        }
      }
      all = longer;
    }
    for (List<Object> parameters : all) {
      try {
        return (FeatureFamily)
            family.getDeclaredConstructors()[0].newInstance(parameters.toArray());
      } catch (InvocationTargetException refused) {
        assertThat(refused.getCause()).isInstanceOf(IllegalArgumentException.class);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("No example of " + family);
  }

  private static List<Object> choices(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return List.of(type.getEnumConstants());
    }
    List<Object> choices = CHOICES.get(type);
    if (choices == null) {
      throw new IllegalStateException("No examples of " + component);
    }
    return choices;
  }
}
