package io.depthcast.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  @TempDir Path folder;

  @Test
  void refusesAFolderOfSomethingElseBeforeSparkStarts() throws IOException {
    Files.writeString(folder.resolve("mine.csv"), "kept");
    RunOutcome outcome = RunOutcome.checked("demo", "--data", folder.toString());
    assertThat(outcome.err())
        .containsExactly(
            "depthcast: "
                + folder
                + " holds something else; remove it, or give an empty or new folder");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
  }

  @Test
  void knowsItsOwnSessionsAgain() throws IOException {
    Path data = folder.resolve("demo");
    assertThat(DemoCommand.simulation().isIn(data)).isFalse();
    DemoCommand.simulation().write(data);
    assertThat(DemoCommand.simulation().isIn(data)).isTrue();
    Path config = data.resolve("truth/config.yaml");
    Files.writeString(config, Files.readString(config).replace("seed: 1", "seed: 2"));
    assertThat(DemoCommand.simulation().isIn(data)).isFalse();
  }
}
