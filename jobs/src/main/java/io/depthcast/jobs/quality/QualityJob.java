package io.depthcast.jobs.quality;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.LakeFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Says how far the data of each slice can be trusted, on the terminal and on a page. */
public final class QualityJob {

  public static final Job<QualityConfig> JOB =
      new Job<>(
          "quality",
          "Say how far the data can be trusted: losses by cause, latency, clock skew, update rates.",
          "silver.book, silver.events, silver.trades, silver.suspect_windows, silver.rejected",
          "<lake>/reports/quality-<id>/quality.html",
          Job.Input.TABLES,
          QualityConfig.class,
          QualityJob::run);

  private QualityJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, QualityConfig config, Provenance provenance) {
    LakeQuality quality = LakeQuality.read(lake, arguments, config);
    quality.slices().forEach(slice -> Console.print(QualityText.of(slice)));
    List<String> names = quality.slices().stream().map(q -> q.slice().toString()).toList();
    String page = "reports/quality-" + ConfigFile.hash(names) + "/quality.html";
    QualityPage html = new QualityPage(config.title(), provenance, lake.versionsRead(), quality);
    LakeFile.write(lake, page, html.html().getBytes(StandardCharsets.UTF_8));
    return names.size()
        + (names.size() == 1 ? " slice" : " slices")
        + ", page at "
        + lake.path(page);
  }
}
