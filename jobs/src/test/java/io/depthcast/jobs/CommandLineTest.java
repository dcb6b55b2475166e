package io.depthcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says before Spark is started. */
class CommandLineTest {

  /** Tells the launcher to go on and start Spark. */
  private static final int IN_ORDER = 100;

  @TempDir Path folder;

  @Test
  void listsEveryJobInTheHelp() {
    RunOutcome outcome = RunOutcome.checked("help");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    String help = String.join("\n", outcome.out());
    for (Job<?> job : Depthcast.JOBS) {
      assertThat(help).containsPattern("(?m)^  " + job.words().get(0) + " +\\S");
    }
    assertThat(help).contains("Exit codes: 0 done, 1 bug, 2 configuration or usage, 3 data");
  }

  @Test
  void describesEveryJob() {
    for (Job<?> job : Depthcast.JOBS) {
      List<String> words = job.words();
      RunOutcome outcome = RunOutcome.checked(around("help", words, null));
      assertThat(outcome.exitCode()).isZero();
      String help = String.join(" ", outcome.out()).replaceAll("\\s+", " ");
      assertThat(help)
          .contains(job.summary(), "Reads: ", "Writes: ", "--lake=DIR")
          .contains(job.name().equals("ingest snapshot") ? "--source=FILE" : "--config=FILE");
      assertThat(help.contains("--input=PATH")).isEqualTo(job.readsFiles());
      assertThat(RunOutcome.checked(around(null, words, "--help")).out()).isEqualTo(outcome.out());
    }
  }

  private static String[] around(String before, List<String> words, String after) {
    Stream<String> all =
        Stream.concat(
            Stream.concat(Stream.ofNullable(before), words.stream()), Stream.ofNullable(after));
    return all.toArray(String[]::new);
  }

  @Test
  void printsItsVersion() {
    RunOutcome outcome = RunOutcome.checked("--version");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).hasSize(1);
    assertThat(outcome.out().get(0)).matches("depthcast \\d+\\.\\d+\\.\\d+\\S* \\(.+\\)");
  }

  @Test
  void printsTheHelpAsAnErrorWithoutACommand() {
    RunOutcome outcome = RunOutcome.checked();
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().get(0)).startsWith("Usage: depthcast");
  }

  @Test
  void refusesAnUnknownJob() {
    refuses("Unmatched argument at index 0: 'digest'; see './depthcast help'", "digest");
  }

  @Test
  void refusesAnUnknownOption() {
    refuses(
        "Unknown option: '--symbols=A'; see './depthcast help features'",
        "features",
        "--symbols=A");
  }

  @Test
  void refusesAMissingInput() {
    refuses(
        "Missing required option: '--input=PATH'; see './depthcast help ingest lobster'",
        "ingest",
        "lobster");
  }

  @Test
  void refusesSnapshotsWithoutTheirDescription() {
    refuses(
        "Missing required option: '--source=FILE'; see './depthcast help ingest snapshot'",
        "ingest",
        "snapshot",
        "--input",
        "x");
    refuses(
        "Unknown options: '--source', 'x'; see './depthcast help ingest binance'",
        "ingest",
        "binance",
        "--input",
        "x",
        "--source",
        "x");
  }

  @Test
  void listsTheFormatsOfIngest() {
    RunOutcome outcome = RunOutcome.checked("help", "ingest");
    assertThat(String.join("\n", outcome.out()))
        .contains("ingest [-hV] <format>", "lobster ", "binance ", "coinbase ", "snapshot ");
    RunOutcome without = RunOutcome.checked("ingest");
    assertThat(without.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(without.err()).isEqualTo(outcome.out());
    refuses("No job 'ingest digest'; see './depthcast help ingest'", "help", "ingest", "digest");
  }

  @Test
  void refusesADateThatDoesNotExist() {
    refuses(
        "Invalid value for option '--from': '2024-02-30' is not a date (yyyy-mm-dd); see"
            + " './depthcast help features'",
        "features",
        "--from",
        "2024-02-30");
  }

  @Test
  void refusesDatesInTheWrongOrder() {
    refuses(
        "--to 2024-01-01 is before --from 2024-01-02",
        "features",
        "--from",
        "2024-01-02",
        "--to",
        "2024-01-01");
  }

  @Test
  void refusesAConfigThatIsNotThere() {
    refuses(
        folder.resolve("c.yaml") + ": cannot be read; give an existing YAML file",
        "features",
        "--config",
        folder.resolve("c.yaml").toString());
  }

  @Test
  void refusesABadConfig() throws IOException {
    Path config =
        Files.writeString(folder.resolve("c.yaml"), "levels: 10\nmaxRejectedShare: 0\nlevel: 1\n");
    refuses(
        config + " line 3: unknown key 'level'; allowed: levels, maxRejectedShare",
        "ingest",
        "lobster",
        "--input",
        "x",
        "--config",
        config.toString());
  }

  @Test
  void refusesALakeThatIsAFile() throws IOException {
    Path lake = Files.writeString(folder.resolve("lake"), "");
    for (String command : List.of("features", "vacuum")) {
      refuses("--lake " + lake + " is a file; give a folder", command, "--lake", lake.toString());
    }
  }

  @Test
  void refusesAQueryThatPrintsNothing() {
    refuses("--rows 0 must be 1 or more", "sql", "SELECT 1", "--rows", "0");
  }

  @Test
  void refusesAShortRetentionUnlessNoJobIsRunning() {
    refuses(
        "--retain-hours 167 is less than 168, which takes away the files of a job that is running;"
            + " add --force if none is",
        "vacuum",
        "--retain-hours",
        "167");
    assertThat(RunOutcome.checked("vacuum", "--retain-hours", "167", "--force").exitCode())
        .isEqualTo(IN_ORDER);
    assertThat(RunOutcome.checked("vacuum").exitCode()).isEqualTo(IN_ORDER);
  }

  @Test
  void refusesARetentionInTheFuture() {
    refuses("--retain-hours -1 must be 0 or more", "vacuum", "--retain-hours", "-1", "--force");
  }

  @Test
  void saysWhatVacuumTakesFromVerify() {
    String help = String.join(" ", RunOutcome.checked("help", "vacuum").out());
    assertThat(help.replaceAll("\\s+", " "))
        .contains("verify of runs that are older no longer works");
  }

  @Test
  void describesTheCaptureThatNeedsNoSpark() {
    RunOutcome outcome = RunOutcome.checked("capture", "--help");
    assertThat(outcome.exitCode()).isZero();
    assertThat(String.join(" ", outcome.out()).replaceAll("\\s+", " "))
        .contains("Capture a venue's messages as they come", "--venue", "--symbols", "--out=DIR");
    assertThat(RunOutcome.checked("help", "capture").out()).isEqualTo(outcome.out());
  }

  @Test
  void refusesACaptureThatCannotBe() {
    refusesCapture("--market is for --venue binance only", "coinbase", "--market", "spot");
    refusesCapture("--feed is for --venue coinbase only", "binance", "--feed", "exchange");
    refusesCapture("--no-witness is for --venue coinbase only", "binance", "--no-witness");
    refusesCapture("--url http://x is no ws:// or wss:// address", "binance", "--url", "http://x");
    refusesCapture("Invalid --flush-ms: 0 (must be 1 to 60000)", "binance", "--flush-ms", "0");
    refuses(
        "--symbols 'A B' is no instrument's name; letters, digits, - and _",
        "capture",
        "--venue",
        "binance",
        "--out",
        folder.toString(),
        "--symbols",
        "A B");
  }

  private void refusesCapture(String line, String venue, String... option) {
    List<String> command =
        List.of("capture", "--venue", venue, "--symbols", "ABC", "--out", folder + "/capture");
    refuses(line, Stream.concat(command.stream(), Stream.of(option)).toArray(String[]::new));
    assertThat(folder.resolve("capture")).doesNotExist();
  }

  @Test
  void refusesAPipelineWithAnUnknownJob() throws IOException {
    Path pipeline = Files.writeString(folder.resolve("p.yaml"), "stages: [digest: a.yaml]\n");
    RunOutcome outcome =
        RunOutcome.checked("pipeline", "--input", "x", "--config", pipeline.toString());
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.err()).hasSize(1);
    assertThat(outcome.err().get(0))
        .startsWith("depthcast: " + pipeline + ": no job 'digest'; there are [ingest lobster, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"features", "train", "backtest"})
  void goesOnWithWhatIsInOrder(String job) {
    RunOutcome outcome =
        RunOutcome.checked(
            job,
            "--lake",
            folder.toString(),
            "--symbol",
            "A,B",
            "--from",
            "2024-01-02",
            "--master",
            "local[1]",
            "--verbose");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(IN_ORDER);
  }

  private static void refuses(String line, String... args) {
    RunOutcome outcome = RunOutcome.checked(args);
    assertThat(outcome.err()).containsExactly("depthcast: " + line);
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.out()).isEmpty();
  }
}
