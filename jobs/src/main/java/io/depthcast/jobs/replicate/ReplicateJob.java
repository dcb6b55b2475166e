package io.depthcast.jobs.replicate;

import io.depthcast.features.FeatureSet;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.replicate.SymbolFacts.Estimate;
import io.depthcast.jobs.table.BookFiles;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.LakeFile;
import io.depthcast.jobs.table.Tables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Measures the field's known facts on the data at hand, beside the published values. */
public final class ReplicateJob {

  public static final Job<ReplicateConfig> JOB =
      new Job<>(
          "replicate",
          "Measure the field's known facts on the data, beside the published values.",
          "silver.book",
          "gold.metrics, <lake>/reports/replicate-<id>/replicate.html",
          Job.Input.TABLES,
          ReplicateConfig.class,
          ReplicateJob::run);

  private static final int ALL_FOLDS = -1;

  private ReplicateJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, ReplicateConfig config, Provenance provenance) {
    FeatureSet features = SliceMeasurement.features(config);
    List<BookFiles> books = lake.books(arguments, features.levels(), true);
    List<SliceFacts> slices =
        JavaSparkContext.fromSparkContext(lake.spark().sparkContext())
            .parallelize(books, books.size())
            .map(book -> measure(book, config))
            .collect();
    List<SymbolFacts> symbols = bySymbol(slices);
    symbols.forEach(ReplicateJob::print);
    String subject = "replicate " + ConfigFile.hash(config);
    lake.replaceWhere(
        Tables.METRICS,
        "subject = '" + subject + "' AND symbol IN (" + names(symbols) + ")",
        lake.spark().createDataFrame(rows(subject, symbols), Tables.METRICS.schema()));
    String page = "reports/replicate-" + id(config, slices) + "/replicate.html";
    String html = new ReplicatePage(config, provenance, lake.versionsRead(), symbols).html();
    LakeFile.write(lake, page, html.getBytes(StandardCharsets.UTF_8));
    return summary(symbols) + ", page at " + lake.path(page);
  }

  private static String id(ReplicateConfig config, List<SliceFacts> slices) {
    return ConfigFile.hash(
        List.of(config, slices.stream().map(slice -> slice.slice().toString()).toList()));
  }

  private static SliceFacts measure(BookFiles book, ReplicateConfig config) throws Exception {
    SliceMeasurement measurement = new SliceMeasurement(book.slice(), config);
    book.forEach(measurement::add);
    return measurement.finish();
  }

  private static List<SymbolFacts> bySymbol(List<SliceFacts> slices) {
    return slices.stream()
        .sorted(Comparator.comparing(SliceFacts::slice))
        .collect(
            Collectors.groupingBy(
                slice -> slice.slice().venue() + " " + slice.slice().symbol(),
                TreeMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(SymbolFacts::of)
        .toList();
  }

  private static void print(SymbolFacts symbol) {
    StringBuilder text = new StringBuilder();
    text.append(symbol.venue()).append(' ').append(symbol.symbol()).append('\n');
    for (Fact fact : Fact.values()) {
      Estimate estimate = symbol.estimates().get(fact);
      text.append(
          String.format(
              "  %-30s %9s  band %s to %s  %s%n",
              fact.metric(),
              estimate == null ? Numbers.MISSING : Numbers.fixed(estimate.value(), 4),
              Numbers.fixed(fact.low(), 3),
              Numbers.fixed(fact.high(), 3),
              fact.verdict(estimate).words()));
    }
    Console.print(text.toString().stripTrailing());
  }

  private static String names(List<SymbolFacts> symbols) {
    return symbols.stream()
        .map(symbol -> "'" + name(symbol).replace("\\", "\\\\").replace("'", "\\'") + "'")
        .collect(Collectors.joining(", "));
  }

  private static String name(SymbolFacts symbol) {
    return symbol.venue() + " " + symbol.symbol();
  }

  private static List<Row> rows(String subject, List<SymbolFacts> symbols) {
    List<Row> rows = new ArrayList<>();
    for (SymbolFacts symbol : symbols) {
      symbol
          .estimates()
          .forEach(
              (fact, estimate) ->
                  rows.add(
                      RowFactory.create(
                          subject,
                          "none",
                          ALL_FOLDS,
                          name(symbol),
                          "none",
                          fact.metric(),
                          estimate.value(),
                          number(estimate.low()),
                          number(estimate.high()),
                          estimate.n())));
    }
    return rows;
  }

  private static Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static String summary(List<SymbolFacts> symbols) {
    long measured = symbols.stream().mapToLong(symbol -> symbol.estimates().size()).sum();
    long hold =
        symbols.stream()
            .flatMap(symbol -> symbol.estimates().entrySet().stream())
            .filter(fact -> fact.getKey().verdict(fact.getValue()) == Fact.Verdict.HOLDS)
            .count();
    return String.format(
        "%d of %d measured facts of %d symbols in their band", hold, measured, symbols.size());
  }
}
