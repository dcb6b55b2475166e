package io.depthcast.jobs.search;

import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.LakeFile;
import io.depthcast.jobs.train.Rehearsal.Scored;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * What the fits of a search scored, in {@code checkpoints/search-<id>} of the lake until all is in
 * the table: a search that was killed goes on from there.
 */
record Kept(Lake lake, String searchId) {

  Optional<Scored> of(Trial trial) {
    return LakeFile.read(
            new Path(lake.path(file(trial))), lake.spark().sessionState().newHadoopConf())
        .map(
            text ->
                new ConfigFile(file(trial), new String(text, StandardCharsets.UTF_8))
                    .as(Scored.class));
  }

  void keep(Trial trial, Scored scored) {
    LakeFile.write(lake, file(trial), ConfigFile.yaml(scored).getBytes(StandardCharsets.UTF_8));
  }

  void delete() {
    LakeFile.deleteFolder(lake, folder());
  }

  private String folder() {
    return "checkpoints/search-" + searchId;
  }

  private String file(Trial trial) {
    return String.format(
        Locale.ROOT,
        "%s/rung%d-candidate%d-%s-fold%d.yaml",
        folder(),
        trial.rung(),
        trial.candidate(),
        trial.part().label(),
        trial.part().fold().id());
  }
}
