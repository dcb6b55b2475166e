package io.depthcast.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.bilinear.BinCtablArchitecture;
import io.depthcast.calibration.Calibrated;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.train.TrainConfig;
import io.depthcast.networks.NetworkTrainer;
import io.depthcast.networks.RateDecay;
import io.depthcast.networks.Schedule;
import io.depthcast.search.Distribution;
import io.depthcast.search.Distribution.Choice;
import io.depthcast.search.Distribution.Integers;
import io.depthcast.search.Distribution.LogUniform;
import io.depthcast.search.Distribution.Uniform;
import io.depthcast.training.Trainer;
import io.depthcast.trees.Xgboost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchConfigTest {

  private static final Xgboost BASE = new Xgboost(300, 5, 0.06, 0.8, 0.7, 50, 1, 30, true);

  private static final ConfigFile SHIPPED = ConfigFile.shipped("search.yaml");

  private static SearchConfig changed(String from, String to) {
    assertThat(SHIPPED.text()).contains(from);
    return new ConfigFile("search.yaml", SHIPPED.text().replace(from, to)).as(SearchConfig.class);
  }

  /** The candidate that the others are compared with is the model that ships. */
  @Test
  void comparesWithTheModelOfTheShippedTraining() {
    SearchConfig search = SHIPPED.as(SearchConfig.class);
    TrainConfig train = ConfigFile.shipped("train.yaml").as(TrainConfig.class);
    assertThat(train.models()).contains(search.train().models().get(0)).contains(BASE);
    assertThat(search.train().walkForward()).isEqualTo(train.walkForward());
    assertThat(search.candidates()).hasSize(28).startsWith(BASE);
  }

  @Test
  void readsBackWhatItWrites() {
    SearchConfig search = SHIPPED.as(SearchConfig.class);
    assertThat(new ConfigFile("again", ConfigFile.yaml(search)).as(SearchConfig.class))
        .isEqualTo(search);
  }

  @Test
  void drawsWithinTheSpaceAndLeavesTheRest() {
    Map<String, Distribution> space =
        Map.of(
            "maxDepth", new Integers(2, 4),
            "eta", new LogUniform(0.01, 0.1),
            "subsample", new Uniform(0.5, 0.6),
            "balanced", new Choice(List.of(true, false)));
    List<Trainer> candidates = Candidates.of(BASE, space, 40, 7);
    assertThat(candidates.subList(1, 41))
        .doesNotHaveDuplicates()
        .allSatisfy(
            trainer -> {
              Xgboost drawn = (Xgboost) trainer;
              assertThat(drawn.maxDepth()).isBetween(2, 4);
              assertThat(drawn.eta()).isBetween(0.01, 0.1);
              assertThat(drawn.subsample()).isBetween(0.5, 0.6);
              assertThat(
                      new Xgboost(
                          300,
                          drawn.maxDepth(),
                          drawn.eta(),
                          drawn.subsample(),
                          0.7,
                          50,
                          1,
                          30,
                          drawn.balanced()))
                  .isEqualTo(drawn);
            });
    assertThat(Candidates.of(BASE, space, 10, 7)).isEqualTo(candidates.subList(0, 11));
    assertThat(Candidates.of(BASE, space, 40, 8).subList(1, 41))
        .isNotEqualTo(candidates.subList(1, 41));
  }

  @Test
  void drawsTheSameWhateverTheOrderOfTheSpace() {
    String moved = "  eta: {logUniform: {from: 0.02, to: 0.2}}\n";
    SearchConfig other =
        new ConfigFile(
                "search.yaml",
                SHIPPED.text().replace(moved, "").replace("space:\n", "space:\n" + moved))
            .as(SearchConfig.class);
    assertThat(other.candidates()).isEqualTo(SHIPPED.as(SearchConfig.class).candidates());
    assertThat(ConfigFile.hash(other)).isEqualTo(ConfigFile.hash(SHIPPED.as(SearchConfig.class)));
  }

  @Test
  void reachesTheScheduleOfANetworkAndTheModelInACalibratedOne() {
    NetworkTrainer<?> network =
        new NetworkTrainer<>(
            new BinCtablArchitecture(4), new Schedule(2e-3, new RateDecay.None(), 64, 1, 1000, 5));
    Map<String, Distribution> rates = Map.of("schedule.rate", new LogUniform(1e-4, 1e-3));
    NetworkTrainer<?> drawn = (NetworkTrainer<?>) Candidates.of(network, rates, 1, 7).get(1);
    assertThat(drawn.schedule().rate()).isBetween(1e-4, 1e-3);
    assertThat(drawn.architecture()).isEqualTo(network.architecture());

    Map<String, Distribution> depths = Map.of("model.xgboost.maxDepth", new Integers(6, 8));
    Calibrated calibrated = (Calibrated) Candidates.of(new Calibrated(BASE), depths, 1, 7).get(1);
    assertThat(((Xgboost) calibrated.model()).maxDepth()).isBetween(6, 8);
  }

  @Test
  void refusesWhatTheModelDoesNotKnowOrAllow() {
    assertThatThrownBy(() -> changed("  eta: {", "  learningRate: {"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("space: the model has no hyper-parameter learningRate; there are")
        .hasMessageContaining("eta");
    assertThatThrownBy(() -> changed("  eta: {", "  eta.first: {"))
        .hasMessageContaining("no hyper-parameter eta.first");
    assertThatThrownBy(() -> changed("{from: 0.4, to: 1}", "{from: 0.4, to: 1.5}"))
        .hasMessageContaining("space.subsample")
        .hasMessageContaining("Invalid subsample: 1.5 (must be above 0 and at most 1)");
    assertThatThrownBy(() -> changed("{integers: {from: 2, to: 8}}", "{uniform: {from: 2, to: 8}}"))
        .hasMessageContaining("space.maxDepth")
        .hasMessageContaining("must be a whole number");
    assertThatThrownBy(() -> changed("{integers: {from: 2, to: 8}}", "{normal: {from: 2, to: 8}}"))
        .hasMessageContaining("space.maxDepth: unknown name 'normal'");
    assertThatThrownBy(() -> changed("score: log_loss", "score: brier"))
        .hasMessageContaining("Invalid score: brier (must be log_loss or macro_f1)");
    assertThatThrownBy(() -> changed("  models:\n", "  models:\n    - majority: {}\n"))
        .hasMessageContaining("Invalid models: [majority, xgboost] (must be one)");
    assertThatThrownBy(() -> changed("  candidates: 27", "  candidates: 8"))
        .hasMessageContaining("Invalid candidates: 8 (must be 9 or more for 3 rungs");
  }

  @Test
  void printsAModelForTheListOfATraining() {
    String train = ConfigFile.shipped("train.yaml").text();
    Xgboost other = new Xgboost(100, 3, 0.1, 0.5, 0.5, 5, 2, 10, false);
    String pasted =
        train.substring(0, train.indexOf("models:"))
            + "models:\n"
            + Candidates.yaml(other)
            + "\nseed: 7\n";
    assertThat(new ConfigFile("pasted", pasted).as(TrainConfig.class).models())
        .containsExactly(other);
  }
}
