package io.depthcast.jobs.train;

import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.LakeFile;
import io.depthcast.networks.Checkpoint;
import io.depthcast.networks.NetworkFit.Progress;
import io.depthcast.walkforward.Fold;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Where the fits of a plan stand, in {@code checkpoints/<plan>} of the lake until the plan's models
 * are stored.
 */
final class Checkpoints {

  private final Lake lake;
  private final String folder;
  private final String same;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * @param planId tells the configuration and the slices
   * @param fingerprint of the rows
   * @param codeVersion of the run: other code does not go on from here
   */
  Checkpoints(Lake lake, String planId, String fingerprint, String codeVersion) {
    this.lake = lake;
    folder = "checkpoints/" + planId;
    same = ConfigFile.hash(List.of(fingerprint, codeVersion));
    hadoop =
        new JavaSparkContext(lake.spark().sparkContext())
            .broadcast(new SerializableConfiguration(lake.spark().sessionState().newHadoopConf()));
  }

  /** That of one fit. */
  Checkpoint of(String model, String label, Fold fold) {
    String name = String.format(Locale.ROOT, "%s-%s-fold%d", model, label, fold.id());
    return new InLake(lake.path(folder + "/" + name + "-" + same + ".state"), name, hadoop);
  }

  /** Deletes all of the plan. */
  void delete() {
    LakeFile.deleteFolder(lake, folder);
  }

  /** A line for whoever waits: the time left is that of all epochs, at the pace of this run. */
  static String line(String fit, Progress progress, long learnt, Duration took) {
    double left =
        took.toNanos() / 1e9 / Math.max(1, learnt) * (progress.most() - progress.windows());
    return String.format(
        Locale.ROOT,
        "train     %s: %.0f %% of its windows, loss %.4f, macro-F1 %.4f, best %.4f, at most %.0f s"
            + " left",
        fit,
        100.0 * progress.windows() / progress.most(),
        progress.loss(),
        progress.macroF1(),
        progress.best(),
        left);
  }

  private static final class InLake implements Checkpoint {

    private static final long serialVersionUID = 1L;
    private static final Duration LINES_APART = Duration.ofSeconds(20);

    private final String file;
    private final String fit;
    private final Broadcast<SerializableConfiguration> hadoop;
    private long begun;
    private long said;
    private long learntBefore = -1;

    InLake(String file, String fit, Broadcast<SerializableConfiguration> hadoop) {
      this.file = file;
      this.fit = fit;
      this.hadoop = hadoop;
    }

    private Configuration configuration() {
      return hadoop.value().value();
    }

    @Override
    public Optional<byte[]> last() {
      return LakeFile.read(new Path(file), configuration());
    }

    @Override
    public void keep(Progress progress, Supplier<byte[]> state) {
      LakeFile.write(new Path(file), configuration(), state.get());
      long now = System.nanoTime();
      if (learntBefore < 0) {
        begun = now;
        said = now;
        learntBefore = progress.windows();
      } else if (now - said >= LINES_APART.toNanos()) {
        said = now;
        Console.progress(
            line(fit, progress, progress.windows() - learntBefore, Duration.ofNanos(now - begun)));
      }
    }
  }
}
