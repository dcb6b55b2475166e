package io.depthcast.jobs.quality;

import static io.depthcast.jobs.page.HtmlTable.Column.number;
import static io.depthcast.jobs.page.HtmlTable.Column.text;
import static io.depthcast.jobs.page.HtmlTable.escape;

import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.page.HtmlPage;
import io.depthcast.jobs.page.HtmlPage.Section;
import io.depthcast.jobs.page.HtmlTable;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.quality.SliceQuality.Counts;
import io.depthcast.jobs.quality.SliceQuality.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The page of a run: tables of all slices, figures of the first.
 *
 * @param title heading
 * @param versions version of each table read
 * @param quality what it shows
 */
record QualityPage(
    String title, Provenance provenance, Map<String, Long> versions, LakeQuality quality) {

  String html() {
    String run = code(provenance.runId());
    return new HtmlPage(
            title,
            description(),
            "Run " + run + ".",
            "the tables have the numbers",
            "Depthcast quality, run " + run + ".",
            List.of(
                Section.titled("slices", "Symbol-days", counts()),
                Section.titled(
                    "loss",
                    "Loss",
                    loss()
                        + QualityFigures.loss(quality.shown())
                        + QualityFigures.timeline(quality.shown(), quality.curves().timeline())),
                Section.titled("latency", "Latency and clocks", latency()),
                Section.titled(
                    "rates",
                    "Update rates",
                    rates() + QualityFigures.rates(quality.curves().rates())),
                Section.titled("receipt", "Receipt", receipt())))
        .html();
  }

  private String description() {
    int all = quality.slices().size();
    int shown = quality.shown().size();
    return all
        + (all == 1 ? " symbol-day." : " symbol-days.")
        + (shown == all ? "" : " Figures show the first " + shown + ".");
  }

  private String counts() {
    HtmlTable table =
        table(
            "What was read. Times are UTC. From silver.book, silver.trades and silver.rejected.",
            text("First row"),
            text("Last row"),
            number("Rows"),
            number("Trades"),
            number("Rejected lines"));
    for (SliceQuality slice : quality.slices()) {
      Counts counts = slice.counts();
      row(
          table,
          slice,
          Numbers.utc(counts.firstNs()),
          Numbers.utc(counts.lastNs()),
          Numbers.count(counts.rows()),
          Numbers.count(counts.trades()),
          Numbers.count(counts.rejected()));
    }
    return table.html();
  }

  private String loss() {
    HtmlTable table =
        table(
            "Share in suspect windows. Features and labels that touch one are null. A row's book"
                + " holds until the next row; in the line of all causes each row counts once, so"
                + " causes that overlap come to more. From silver.book and"
                + " silver.suspect_windows.",
            text("Cause"),
            number("Of rows"),
            number("Of time"));
    for (SliceQuality slice : quality.slices()) {
      share(table, slice, "all", slice.loss().all());
      slice.loss().byCause().forEach((cause, share) -> share(table, slice, cause, share));
    }
    return table.html();
  }

  private static void share(HtmlTable table, SliceQuality slice, String cause, Share share) {
    row(table, slice, cause, Numbers.percent(share.rows(), 3), Numbers.percent(share.time(), 3));
  }

  private String latency() {
    if (quality.slices().stream().allMatch(slice -> slice.latency().isEmpty())) {
      return "<p class=\"missing\">No source of these symbol-days has receive times.</p>\n";
    }
    HtmlTable table =
        table(
            "Receive time less venue time of each message but snapshots, ms. Quantiles are exact."
                + " From silver.events.",
            number("Messages"),
            number("Least"),
            number("Median"),
            number("99 %"),
            number("Most"),
            number("Below zero"),
            number("Drift, ppm"),
            number("Spans"));
    for (SliceQuality slice : quality.slices()) {
      var latency = slice.latency();
      var drift = latency.flatMap(SliceQuality.Latency::drift);
      var nanos = latency.map(SliceQuality.Latency::nanos);
      row(
          table,
          slice,
          nanos.map(n -> Numbers.count(n.count())).orElse(Numbers.MISSING),
          ms(nanos, Distribution::min),
          ms(nanos, Distribution::p50),
          ms(nanos, Distribution::p99),
          ms(nanos, Distribution::max),
          latency.map(l -> Numbers.count(l.negative())).orElse(Numbers.MISSING),
          drift.map(d -> Numbers.signed(d.ppm(), 1)).orElse(Numbers.MISSING),
          drift.map(d -> Numbers.count(d.spans())).orElse(Numbers.MISSING));
    }
    return table.html()
        + """
        <p>One pair of clocks cannot tell its offset from the time that messages take. The least \
        latency is both together: the offset of the receiver's clock and the shortest way. Below \
        zero, the receiver's clock is behind. The drift is the slope of the least latencies of \
        equal spans of time, the median over all pairs of spans: how fast the receiver's clock \
        gains, as long as the shortest way stays the same.</p>
        """
        + QualityFigures.latency(quality.curves().latencies());
  }

  private String rates() {
    HtmlTable table =
        table(
            "Rows of the book per second, from the first row to the last, in the busiest second of"
                + " the clock, and the time from a row to the next, ms. From silver.book.",
            number("Rows/s"),
            number("Busiest second"),
            number("Median gap"),
            number("99 %"),
            number("Longest"));
    for (SliceQuality slice : quality.slices()) {
      row(
          table,
          slice,
          Numbers.fixed(slice.counts().rowsPerSecond(), 1),
          Numbers.count(slice.counts().busiestSecond()),
          ms(slice.gaps(), Distribution::p50),
          ms(slice.gaps(), Distribution::p99),
          ms(slice.gaps(), Distribution::max));
    }
    return table.html();
  }

  private String receipt() {
    HtmlTable table =
        new HtmlTable(
            "What made the numbers of this page; the run is in ops.runs.",
            List.of(text("Run"), text("Tables read"), text("Code"), text("Configuration")));
    return table
        .htmlRow(
            List.of(
                code(provenance.runId()),
                versions.entrySet().stream()
                    .map(e -> code(e.getKey() + "@" + e.getValue()))
                    .collect(Collectors.joining("<br>")),
                code(provenance.codeVersion()),
                code(provenance.configHash())))
        .html();
  }

  private static String code(String text) {
    return "<code>" + escape(text) + "</code>";
  }

  private static HtmlTable table(String caption, HtmlTable.Column... columns) {
    List<HtmlTable.Column> all =
        new ArrayList<>(List.of(text("Symbol"), text("Date"), text("Venue")));
    all.addAll(List.of(columns));
    return new HtmlTable(caption, all);
  }

  private static void row(HtmlTable table, SliceQuality slice, String... cells) {
    List<String> all =
        new ArrayList<>(
            List.of(
                slice.slice().symbol(),
                slice.slice().tradeDate().toString(),
                slice.slice().venue()));
    all.addAll(List.of(cells));
    table.row(all);
  }

  private static String ms(Optional<Distribution> nanos, ToLongFunction<Distribution> value) {
    return nanos.map(n -> Numbers.fixed(value.applyAsLong(n) / 1e6, 3)).orElse(Numbers.MISSING);
  }
}
