package io.depthcast.jobs.quality;

import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.quality.SliceQuality.Counts;
import io.depthcast.jobs.quality.SliceQuality.Latency;
import io.depthcast.jobs.quality.SliceQuality.Share;

/** The quality of a slice as lines for the terminal. */
final class QualityText {

  private static final String MISSING = "n/a";

  private QualityText() {}

  /** The lines, without a line end after the last. */
  static String of(SliceQuality quality) {
    Counts counts = quality.counts();
    StringBuilder text = new StringBuilder(quality.slice().toString());
    line(text, "rows", Numbers.count(counts.rows()));
    text.append(", trades ").append(Numbers.count(counts.trades()));
    text.append(", rejected lines ").append(Numbers.count(counts.rejected()));
    line(text, "span", Numbers.utc(counts.firstNs()) + " to " + Numbers.utc(counts.lastNs()));
    text.append(" UTC, ").append(Numbers.fixed(counts.seconds(), 3)).append(" s");
    share(text, "lost", quality.loss().all());
    quality.loss().byCause().forEach((cause, share) -> share(text, "  " + cause, share));
    line(
        text,
        "rate",
        plain(Numbers.fixed(counts.rowsPerSecond(), 1))
            + " rows/s, busiest second "
            + Numbers.count(counts.busiestSecond())
            + " rows");
    line(text, "gap", quality.gaps().map(QualityText::spread).orElse(MISSING));
    line(text, "latency", quality.latency().map(l -> spread(l.nanos())).orElse(MISSING));
    line(text, "clocks", quality.latency().map(QualityText::clocks).orElse(MISSING));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("\n  ").append(name).append(" ".repeat(Math.max(1, 20 - name.length())));
    text.append(value);
  }

  private static void share(StringBuilder text, String name, Share share) {
    line(
        text,
        name,
        plain(Numbers.percent(share.rows(), 3))
            + " of rows, "
            + plain(Numbers.percent(share.time(), 3))
            + " of time");
  }

  private static String spread(Distribution nanos) {
    return "median " + ms(nanos.p50()) + ", 99 % " + ms(nanos.p99()) + ", most " + ms(nanos.max());
  }

  private static String clocks(Latency latency) {
    return "least latency "
        + ms(latency.nanos().min())
        + " (offset and shortest way in one), drift "
        + latency
            .drift()
            .map(d -> plain(Numbers.signed(d.ppm(), 1)) + " ppm over " + d.spans() + " spans")
            .orElse(MISSING)
        + ", "
        + Numbers.count(latency.negative())
        + " of "
        + Numbers.count(latency.nanos().count())
        + " below zero";
  }

  private static String ms(long nanos) {
    return plain(Numbers.fixed(nanos / 1e6, 3)) + " ms";
  }

  /** In ASCII, which every terminal shows. */
  private static String plain(String number) {
    return number.equals(Numbers.MISSING) ? MISSING : number.replace('\u2212', '-');
  }
}
