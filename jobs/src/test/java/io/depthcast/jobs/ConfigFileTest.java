package io.depthcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.algorithms.Algorithms;
import io.depthcast.bilinear.BinCtablArchitecture;
import io.depthcast.costs.FeeSchedule;
import io.depthcast.deep.Gru;
import io.depthcast.features.FairValue;
import io.depthcast.features.Feature;
import io.depthcast.features.Mid;
import io.depthcast.features.OrderFlowImbalance;
import io.depthcast.features.TimeOfDay;
import io.depthcast.features.VolatilityRegime;
import io.depthcast.features.Window;
import io.depthcast.feed.snapshot.DayNumberTime;
import io.depthcast.feed.snapshot.GivenLabel;
import io.depthcast.feed.snapshot.SnapshotSessions;
import io.depthcast.feed.snapshot.SnapshotSessions.Break;
import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.feed.snapshot.SnapshotUnits;
import io.depthcast.jobs.features.FeaturesConfig;
import io.depthcast.jobs.ingest.IngestConfig;
import io.depthcast.jobs.pipeline.PipelineConfig;
import io.depthcast.jobs.train.TrainConfig;
import io.depthcast.labels.SmoothedMidMove;
import io.depthcast.networks.NetworkTrainer;
import io.depthcast.networks.RateDecay;
import io.depthcast.networks.Schedule;
import io.depthcast.training.Trainer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

  @Test
  void readsARecord() {
    assertThat(read("levels: 10 # a side\nmaxRejectedShare: 0.5", IngestConfig.class))
        .isEqualTo(new IngestConfig(10, 0.5));
  }

  @Test
  void readsLibraryRecordsByTheirNames() {
    String yaml =
        "set: core\n"
            + "families:\n"
            + "  - orderFlowImbalance: {levels: 3, window: 50e}\n"
            + "  - mid: {}\n"
            + "labels:\n"
            + "  - smoothedMidMove: {horizon: 7e}\n";
    assertThat(read(yaml, FeaturesConfig.class))
        .isEqualTo(
            new FeaturesConfig(
                "core",
                List.of(new OrderFlowImbalance(3, Window.events(50)), new Mid()),
                List.of(new SmoothedMidMove(Window.events(7)))));
  }

  @Test
  void writesWhatItReads() {
    for (Object config :
        List.of(SyntheticLake.FEATURES, SyntheticLake.TRAIN, SyntheticLake.BACKTEST)) {
      assertThat((Object) read(ConfigFile.yaml(config), config.getClass())).isEqualTo(config);
    }
  }

  @Test
  void readsAndWritesParametersOfEveryType() {
    String yaml =
        """
        set: core
        families:
          - timeOfDay: {zone: America/New_York, sessionBegin: "09:30", sessionEnd: "16:00"}
          - fairValue: {levels: 5, size: 200}
          - volatilityRegime:
              {shortWindow: 1000ms, longWindow: 60000ms, sampling: 100ms, calmBelow: 0.5, turbulentAbove: 2}
        labels:
          - smoothedMidMove: {horizon: 7e}
        """;
    FeaturesConfig expected =
        new FeaturesConfig(
            "core",
            List.of(
                new TimeOfDay(
                    ZoneId.of("America/New_York"), LocalTime.of(9, 30), LocalTime.of(16, 0)),
                new FairValue(5, 200),
                new VolatilityRegime(
                    Window.milliseconds(1000),
                    Window.milliseconds(60_000),
                    Window.milliseconds(100),
                    0.5,
                    2)),
            List.of(new SmoothedMidMove(Window.events(7))));
    assertThat(read(yaml, FeaturesConfig.class)).isEqualTo(expected);
    assertThat(read(ConfigFile.yaml(expected), FeaturesConfig.class)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingest lobster",
        "ingest binance",
        "ingest coinbase",
        "features",
        "train",
        "backtest",
        "report"
      })
  void readsWhatShips(String job) {
    Job<?> of = Depthcast.job(job).orElseThrow();
    assertThat((Object) ConfigFile.shipped(of.hyphenated() + ".yaml").as(of.configType()))
        .isNotNull();
  }

  @Test
  void readsTheFeesAndPipelinesThatShip() {
    assertThat(ConfigFile.shipped("fees/nasdaq.yaml").as(FeeSchedule.class)).isNotNull();
    assertThat(ConfigFile.shipped("fees/free.yaml").as(FeeSchedule.class)).isNotNull();
    assertThat(ConfigFile.shipped("pipelines/lobster.yaml").as(PipelineConfig.class).stages())
        .hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void aNameAloneIsTheModelThatShips() {
    String text = ConfigFile.shipped("train-networks.yaml").text();
    TrainConfig config = read(text, TrainConfig.class);
    assertThat(config.models())
        .extracting(Trainer::name)
        .containsExactly("majority", "persistence", "logistic_regression", "bin_ctabl");
    assertThat(config.models().get(3))
        .isEqualTo(
            new NetworkTrainer<>(
                new BinCtablArchitecture(10),
                new Schedule(1e-3, new RateDecay.None(), 128, 30, 20_000, 6)));
    // the plan and its hash hold what the name stood for
    String written = ConfigFile.yaml(config);
    assertThat(written).contains("steps: 10");
    assertThat(read(written, TrainConfig.class)).isEqualTo(config);
    assertThatThrownBy(() -> read(text.replace("- bin_ctabl", "- deeplob"), TrainConfig.class))
        .hasMessage(
            "c.yaml line 25: models[3]: unknown name 'deeplob'; allowed: "
                + String.join(", ", Algorithms.NAMES)
                + ", calibrated");
  }

  @Test
  void readsAModelThatIsToBeCalibrated() {
    String text =
        ConfigFile.shipped("train-networks.yaml")
            .text()
            .replace("- bin_ctabl", "- calibrated: {model: bin_ctabl}");
    TrainConfig config = read(text, TrainConfig.class);
    assertThat(config.models())
        .extracting(Trainer::name)
        .containsExactly("majority", "persistence", "logistic_regression", "bin_ctabl_calibrated");
    assertThat(read(ConfigFile.yaml(config), TrainConfig.class)).isEqualTo(config);
    String twice = "{model: {calibrated: {model: bin_ctabl}}}";
    assertThatThrownBy(() -> read(text.replace("{model: bin_ctabl}", twice), TrainConfig.class))
        .hasMessage(
            "c.yaml line 25: models[3]: Invalid model: bin_ctabl_calibrated (must not be calibrated"
                + " twice)");
  }

  @Test
  void readsANetworkWithItsArchitecture() {
    String text =
        ConfigFile.shipped("train-networks.yaml")
            .text()
            .replace(
                "- bin_ctabl",
                "- gru:\n"
                    + "      architecture: {steps: 5, units: 4, dense: 3, dropout: 0.2}\n"
                    + "      schedule: {rate: 0.001, decay: {plateau: {factor: 0.5, patience: 1}}, batch: 8, epochs: 1, evaluateEvery: 9, patience: 2}");
    assertThat(read(text, TrainConfig.class).models().get(3))
        .isEqualTo(
            new NetworkTrainer<>(
                new Gru(5, 4, 3, 0.2),
                new Schedule(1e-3, new RateDecay.Plateau(0.5, 1), 8, 1, 9, 2)));
    assertThatThrownBy(() -> read(text.replace("units: 4", "units: 0"), TrainConfig.class))
        .hasMessage("c.yaml line 26: models[3].architecture: Invalid units: 0 (must be 1 to 4096)");
    assertThatThrownBy(() -> read(text.replace(", dropout: 0.2", ""), TrainConfig.class))
        .hasMessage("c.yaml line 26: missing key 'models[3].architecture.dropout'");
  }

  @Test
  void readsTheLevelsThatShipForTheNetworks() {
    FeaturesConfig features = ConfigFile.shipped("features-levels.yaml").as(FeaturesConfig.class);
    TrainConfig train = ConfigFile.shipped("train-levels.yaml").as(TrainConfig.class);
    assertThat(train.set()).isEqualTo(features.set());
    assertThat(train.models()).extracting(Trainer::name).contains("mlplob", "deep_lob");
    List<String> columns = features.features().columns().stream().map(Feature::name).toList();
    train.models().forEach(model -> model.checkInputs(columns));
  }

  @Test
  void everyAlgorithmShipsUnderItsName() {
    assertThat(ConfigFile.shipped("models.yaml").as(TrainerYaml.Models.class).models())
        .extracting(Trainer::name)
        .containsExactlyElementsOf(Algorithms.NAMES);
  }

  @Test
  void readsTheSnapshotSourceThatShips() {
    SnapshotSource ashare = ConfigFile.shipped("sources/ashare.yaml").as(SnapshotSource.class);
    assertThat(ashare.time())
        .isEqualTo(
            new DayNumberTime(
                "date", "time", "HH:mm:ss", ZoneId.of("Asia/Shanghai"), LocalDate.of(2020, 1, 6)));
    assertThat(ashare.units()).isEqualTo(new SnapshotUnits(1, 1, 1, 0, 0));
    assertThat(ashare.sessions())
        .isEqualTo(
            new SnapshotSessions(
                10_000, List.of(new Break(LocalTime.of(11, 30), LocalTime.of(13, 0)))));
    assertThat(ashare.labels())
        .hasSize(5)
        .contains(new GivenLabel("label_5", 5, 0, 1, 2), new GivenLabel("label_20", 20, 0, 1, 2));
    assertThat(ashare.numberColumns())
        .hasSize(25)
        .startsWith("n_bid1", "n_bsize1", "n_bid2")
        .contains("n_ask5", "n_asize5");
    assertThat(read(ConfigFile.yaml(ashare), SnapshotSource.class)).isEqualTo(ashare);
  }

  @Test
  void saysWhatIsWrongWithASnapshotSource() {
    String text = ConfigFile.shipped("sources/ashare.yaml").text();
    assertThatThrownBy(
            () -> read(text.replace("Asia/Shanghai", "Asia/Atlantis"), SnapshotSource.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith(
            "zone: must be a time zone such as Asia/Shanghai, not 'Asia/Atlantis'");
    assertThatThrownBy(() -> read(text.replace("11:30", "noon"), SnapshotSource.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("from: must be a time of day, \"hh:mm\", not 'noon'");
    assertThatThrownBy(() -> read(text.replace("dayNumberTime", "moon"), SnapshotSource.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("time: unknown name 'moon'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "levels: 10\\nmaxRejectedShare: 0\\nlevel: 3 | line 3: unknown key 'level'; allowed: levels, maxRejectedShare",
        "levels: 10 | line 1: missing key 'maxRejectedShare'",
        "levels: 10\\nmaxRejectedShare: | line 2: maxRejectedShare: no value given",
        "levels: ten\\nmaxRejectedShare: 0 | line 1: levels: must be a whole number, not 'ten'",
        "levels: \"10\"\\nmaxRejectedShare: 0 | line 1: levels: must be a whole number, not '10'",
        "levels: 10.5\\nmaxRejectedShare: 0 | line 1: levels: must be a whole number, not '10.5'",
        "levels: 10\\nmaxRejectedShare: much | line 2: maxRejectedShare: must be a number, not 'much'",
        "levels: [1]\\nmaxRejectedShare: 0 | line 1: levels: must be a whole number",
        "levels: 201\\nmaxRejectedShare: 0 | line 2: Invalid levels: 201 (must be 1 to 200)",
        "levels: 0\\nmaxRejectedShare: 0 | line 2: Invalid levels: 0 (must be 1 to 200)",
        "levels: 9\\nmaxRejectedShare: 1.01 | line 2: Invalid maxRejectedShare: 1.01 (must be 0 to 1)",
        "levels: 9\\nmaxRejectedShare: .nan | line 2: maxRejectedShare: Malformed numeric value '.nan'",
        "levels: 10\\nlevels: 11\\nmaxRejectedShare: 0 | line 2: key 'levels' comes twice",
        "`` | line 1: the file is empty; see configs/ for an example",
        "# nothing | line 1: the file is empty; see configs/ for an example",
        "levels: 3\\n@share: 4 | line 2: not YAML: found character '@' that cannot start any token. (Do not use @ for indentation)",
        "hello | line 1: must be keys and values",
        "- 1 | line 1: must be keys and values",
        "levels: 99999999999\\nmaxRejectedShare: 0 | line 1: levels: Numeric value (99999999999) out of range of int (-2147483648 - 2147483647)"
      })
  void refuses(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml.replace("\\n", "\n"), IngestConfig.class))
        .isInstanceOf(ConfigException.class)
        .hasMessage("c.yaml " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{orderFlow: {levels: 3}} | c.yaml line 2: families[0]: unknown name 'orderFlow'",
        "{orderFlowImbalance: {levels: 3}} | c.yaml line 2: missing key 'families[0].window'",
        "{orderFlowImbalance: {levels: 0, window: 5e}} | c.yaml line 2: families[0]: Invalid levels: 0 (must be 1 to",
        "{orderFlowImbalance: {levels: 3, window: 5}} | c.yaml line 2: families[0].window: must be events such as 50e or time such as 500ms, not '5'",
        "{orderFlowImbalance: {levels: 3, window: 0e}} | c.yaml line 2: families[0].window: must be events such as 50e or time such as 500ms, not '0e'",
        "{timeOfDay: {zone: UTC, sessionBegin: 9, sessionEnd: \"16:00\"}} | c.yaml line 2: families[0].sessionBegin: must be a time of day, \"hh:mm\"",
        "{mid: {levels: 3}} | c.yaml line 2: unknown key 'families[0].levels'; allowed: none",
      })
  void refusesALibraryRecord(String family, String message) {
    String yaml = "set: core\nfamilies: [" + family + "]\nlabels: [smoothedMidMove: {horizon: 5e}]";
    assertThatThrownBy(() -> read(yaml, FeaturesConfig.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("\n", "jackson", "io.depthcast");
  }

  @Test
  void refusesAFileThatIsNotThere(@TempDir Path folder) {
    Path file = folder.resolve("none.yaml");
    assertThatThrownBy(() -> ConfigFile.of(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": cannot be read; give an existing YAML file");
  }

  @Test
  void hashesValuesAndNotTheirLayout() {
    IngestConfig one = read("levels: 10\nmaxRejectedShare: 0.5", IngestConfig.class);
    IngestConfig same = read("{maxRejectedShare: 0.50, levels: 10} # flow", IngestConfig.class);
    IngestConfig other = read("levels: 10\nmaxRejectedShare: 0.6", IngestConfig.class);
    assertThat(ConfigFile.hash(one)).isEqualTo(ConfigFile.hash(same)).matches("[0-9a-f]{16}");
    assertThat(ConfigFile.hash(one)).isNotEqualTo(ConfigFile.hash(other));
    assertThat(
            Stream.of(SyntheticLake.TRAIN, SyntheticLake.BACKTEST, SyntheticLake.FEATURES)
                .map(ConfigFile::hash))
        .doesNotHaveDuplicates();
  }

  private static <C> C read(String yaml, Class<C> type) {
    return new ConfigFile("c.yaml", yaml).as(type);
  }
}
