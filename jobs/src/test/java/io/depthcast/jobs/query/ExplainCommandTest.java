package io.depthcast.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run as the launcher does before it would start Spark. */
class ExplainCommandTest {

  @Test
  void saysWhatAColumnOfTheShippedSetIs() {
    RunOutcome outcome = RunOutcome.checked("features", "explain", "ofi_1_50e");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DONE);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).hasSize(6);
    assertThat(outcome.out())
        .startsWith(
            "ofi_1_50e",
            "  family   orderFlowImbalance: {levels: 10, window: 50e}",
            "  formula  sum over the last 50 rows of e_bid - e_ask at level 1",
            "  unit     base units")
        .endsWith("  warm-up  50 rows");
    assertThat(outcome.out().get(4)).startsWith("  source   Cont, Kukanov, Stoikov 2014, ");
  }

  @Test
  void readsTheSetOfAConfiguration(@TempDir Path folder) throws IOException {
    Path config = folder.resolve("f.yaml");
    Files.writeString(
        config,
        "set: x\nfamilies: [midReturn: {window: 500ms}, mid: {}]\n"
            + "labels: [smoothedMidMove: {horizon: 1e}]\n");
    assertThat(
            RunOutcome.checked("features", "explain", "mid_return_500ms", "--config", "" + config)
                .out())
        .endsWith("  warm-up  500 ms");
    assertThat(RunOutcome.checked("features", "explain", "mid", "--config=" + config).out())
        .endsWith("  warm-up  none");
    RunOutcome unknown = RunOutcome.checked("features", "explain", "mit", "--config=" + config);
    assertThat(unknown.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(unknown.err()).hasSize(1);
    assertThat(unknown.err().get(0))
        .startsWith("depthcast: No column mit in " + config + "; nearest: mid, mid_return_500ms, ");
  }

  @Test
  void namesTheNearestColumns() {
    RunOutcome outcome = RunOutcome.checked("features", "explain", "ofi_3_5e");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.err().get(0))
        .startsWith("depthcast: No column ofi_3_5e in configs/features.yaml; nearest: ofi_3_50e, ");
  }

  @Test
  void saysWhatAFittedInputIs(@TempDir Path folder) throws IOException {
    assertThat(RunOutcome.checked("features", "explain", "integrated_ofi_50e").out())
        .startsWith(
            "integrated_ofi_50e",
            "  family   integratedOfi: {levels: 10, window: 50e, depthScaled: false}")
        .endsWith(
            "  fitted   on the training rows of each fold, by symbol; reads ofi_1_50e to ofi_10_50e");
    Path train = folder.resolve("t.yaml");
    Files.writeString(
        train,
        Files.readString(Path.of(System.getProperty("depthcast.root"), "configs/train-fitted.yaml"))
            .replace("imbalanceBuckets: 11", "imbalanceBuckets: 5"));
    String column = "stoikov_microprice_deviation_bps";
    assertThat(RunOutcome.checked("features", "explain", column, "--train=" + train).out())
        .contains(
            "  family   stoikovMicroprice: {tickSize: 0.01, imbalanceBuckets: 5, spreadClasses: 8,"
                + " moves: 6}",
            "  unit     bps")
        .endsWith(
            "  fitted   on the training rows of each fold, by symbol; reads mid, spread,"
                + " queue_imbalance_1");
  }

  @Test
  void sendsToItsHelp() {
    assertThat(RunOutcome.checked("features", "explain").err())
        .containsExactly(
            "depthcast: Missing required parameter: 'COLUMN'; see './depthcast help features"
                + " explain'");
  }
}
