package io.depthcast.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkCommandTest {

  @TempDir Path folder;

  @Test
  void isDescribed() {
    RunOutcome outcome = RunOutcome.checked("help", "benchmark");

    assertThat(outcome.exitCode()).isZero();
    assertThat(String.join(" ", outcome.out()).replaceAll("\\s+", " "))
        .contains(
            "beside those of public implementations", "--input=DIR", "ashare", "lobster", "fi2010");
  }

  @Test
  void refusesWhatTheProtocolHasNot() {
    refuses(
        "--horizons: no horizon 10 in ashare; there are 5, 20, 60", "ashare", "--horizons", "10");
    refuses("--seeds: a seed comes twice", "lobster", "--seeds", "1,1");
    refuses("--transfer is for ashare only, not for lobster", "lobster", "--transfer");
    refuses("--anchored is for fi2010 only, not for ashare", "ashare", "--anchored");
    refuses(
        "--horizons: no horizon 5 in fi2010; there are 10, 20, 30, 50, 100",
        "fi2010",
        "--horizons",
        "5");
    RunOutcome model = checked("ashare", "--models", "lgbm");
    assertThat(model.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(model.err()).hasSize(1);
    RunOutcome protocol = checked("fi2011");
    assertThat(protocol.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(protocol.err()).hasSize(1);
  }

  @Test
  void refusesFilesThatAreNotThere() {
    RunOutcome missing = RunOutcome.checked("benchmark", "ashare", "--input", folder + "/x");
    assertThat(missing.err())
        .containsExactly("depthcast: " + folder + "/x: no such file or folder");
    assertThat(missing.exitCode()).isEqualTo(JobMain.CONFIG);
    for (String protocol : List.of("ashare", "lobster", "fi2010")) {
      RunOutcome empty = RunOutcome.of("benchmark", protocol, "--input", folder.toString());
      assertThat(empty.exitCode()).isEqualTo(JobMain.CONFIG);
      assertThat(empty.err()).hasSize(1);
      assertThat(empty.err().get(0)).startsWith("depthcast: " + folder);
    }
  }

  @Test
  void alignsATableThatMarkdownReads() {
    assertThat(ResultTable.aligned(List.of(List.of("model", "F1"), List.of("a", "0.5000"))))
        .containsExactly("| model | F1     |", "|-------|--------|", "| a     | 0.5000 |");
  }

  private void refuses(String line, String... args) {
    RunOutcome outcome = checked(args);
    assertThat(outcome.err()).containsExactly("depthcast: " + line);
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.out()).isEmpty();
  }

  private RunOutcome checked(String... args) {
    return RunOutcome.checked(
        Stream.of(Stream.of("benchmark"), Stream.of(args), Stream.of("--input", folder.toString()))
            .flatMap(s -> s)
            .toArray(String[]::new));
  }
}
