package io.depthcast.jobs.benchmark;

import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.SparkCommand;
import io.depthcast.scores.ConfusionMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs our models under a protocol that scores of public implementations are known for. */
@Command(
    name = "benchmark",
    description = {
      "Fit our models on public data under a fixed protocol and print their scores beside those of"
          + " public implementations, as a Markdown table.",
      "ashare: five A-shares, 40 days, 5, 20 and 60 snapshots ahead. lobster: GOOG on 2012-06-21,"
          + " 10, 50 and 100 events ahead.",
      "fi2010: FI-2010 setup 2, fitted on days 1 to 7, tested on days 8 to 10, with the labels of"
          + " the files, 10, 20, 30, 50 and 100 events ahead.",
      "The same files and seeds give the same table. All models take long; --models chooses."
    })
public final class BenchmarkCommand implements SparkCommand {

  @Parameters(paramLabel = "PROTOCOL", description = "ashare, lobster or fi2010.")
  private Protocol protocol;

  @Option(
      names = "--input",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder of the files: snapshot_sym0_date0_am.csv.gz and so on; LOBSTER's sample of GOOG"
              + " with 10 levels; Train_Dst_NoAuction_ZScore_CF_7.txt and Test_..._CF_7, 8 and 9.")
  private String input = "";

  @Option(
      names = "--models",
      paramLabel = "MODEL",
      split = ",",
      description = "Only these models, comma separated (default: all); a wrong one lists all.")
  private List<String> models = List.of();

  @Option(
      names = "--horizons",
      paramLabel = "ROWS",
      split = ",",
      description = "Only these horizons, comma separated (default: all of the protocol).")
  private List<Integer> horizons = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "SEED",
      split = ",",
      defaultValue = "0,1,2",
      description = "Seeds of the fits, comma separated (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = List.of();

  @Option(
      names = "--transfer",
      description =
          "Instead: fit on all symbols but one, test on that one, each in its turn; ashare only.")
  private boolean transfer;

  @Option(
      names = "--anchored",
      description =
          "Instead: setup 1, each of days 2 to 10 tested by fits on the days before; fi2010 only.")
  private boolean anchored;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the tables to this file as well.")
  private Path out;

  @SuppressWarnings("UnusedVariable") // for the launcher
  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master (default: local[*]); read by the launcher.")
  private String master;

  @SuppressWarnings("UnusedVariable") // for the launcher
  @Option(names = "--verbose", description = "Show Spark's log; read by the launcher.")
  private boolean verbose;

  @SuppressWarnings("UnusedVariable") // for picocli
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public void check() {
    Contestants.chosen(protocol, models);
    for (int horizon : horizons) {
      if (!protocol.horizons().contains(horizon)) {
        throw new ConfigException(
            "--horizons: no horizon "
                + horizon
                + " in "
                + protocol.word()
                + "; there are "
                + String.join(", ", protocol.horizons().stream().map(String::valueOf).toList()));
      }
    }
    if (new TreeSet<>(seeds).size() != seeds.size()) {
      throw new ConfigException("--seeds: a seed comes twice");
    }
    if (transfer && protocol != Protocol.ASHARE) {
      throw new ConfigException("--transfer is for ashare only, not for " + protocol.word());
    }
    if (anchored && protocol != Protocol.FI2010) {
      throw new ConfigException("--anchored is for fi2010 only, not for " + protocol.word());
    }
    if (!input.contains("://") && !Files.exists(Path.of(input))) {
      throw new ConfigException(input + ": no such file or folder");
    }
  }

  @Override
  public Integer call() {
    check();
    return JobMain.inSession("benchmark", this::run);
  }

  private int run(SparkSession spark) {
    long start = System.nanoTime();
    if (anchored) {
      List<String> lines = anchored(spark, start);
      lines.forEach(Console::print);
      write(lines);
      return JobMain.DONE;
    }
    BenchmarkRows data = protocol.read(spark.sessionState().newHadoopConf(), input);
    progress(start, String.format(Locale.ROOT, "%,d rows read", data.rows()));
    List<Reference> references = Reference.all();
    List<String> lines = new ArrayList<>();
    for (int horizon : chosenHorizons()) {
      Problem problem = data.problem(horizon);
      List<String> table =
          transfer
              ? transfers(spark, data, problem, start)
              : ResultTable.lines(
                  protocol, data, problem, outcomes(spark, data, problem, start), references);
      table.forEach(Console::print);
      lines.addAll(table);
      write(lines);
    }
    return JobMain.DONE;
  }

  private List<Integer> chosenHorizons() {
    return horizons.isEmpty() ? protocol.horizons() : horizons;
  }

  /** Setup 1 of FI-2010; a fold's files are read once for all horizons. */
  private List<String> anchored(SparkSession spark, long start) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Fi2010Rows.findAnchored(hadoop, input);
    List<Integer> chosen = chosenHorizons();
    List<List<List<Outcome>>> byHorizon = new ArrayList<>();
    chosen.forEach(horizon -> byHorizon.add(new ArrayList<>()));
    for (int fold = 1; fold <= Fi2010Rows.FOLDS; fold++) {
      BenchmarkRows data = Fi2010Rows.anchored(hadoop, input, fold);
      progress(start, String.format(Locale.ROOT, "fold %d, %,d rows read", fold, data.rows()));
      data.notes().forEach(note -> progress(start, note));
      for (int h = 0; h < byHorizon.size(); h++) {
        Problem problem = data.problem(chosen.get(h));
        byHorizon.get(h).add(outcomes(spark, data, problem, start));
      }
    }
    List<String> lines = new ArrayList<>();
    for (int h = 0; h < byHorizon.size(); h++) {
      lines.addAll(AnchoredTable.lines(chosen.get(h), byHorizon.get(h), Reference.all()));
    }
    return lines;
  }

  private List<Outcome> outcomes(
      SparkSession spark, BenchmarkRows data, Problem problem, long start) {
    Map<String, List<Forecast>> before = new HashMap<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (Contestant model : Contestants.chosen(protocol, models)) {
      List<Forecast> forecasts =
          model.forecasts(
              new Contest(spark, data, problem, before, line -> progress(start, line)),
              model.isSeeded() ? seeds : seeds.subList(0, 1));
      before.put(model.name(), forecasts);
      Outcome outcome = Outcome.of(model, data, problem, forecasts);
      outcomes.add(outcome);
      progress(start, "horizon " + problem.horizon() + " " + validationLine(outcome));
    }
    return outcomes;
  }

  /** What may be looked at while models are chosen. */
  private static String validationLine(Outcome outcome) {
    double plain = Outcome.mean(outcome.validation(), ConfusionMatrix::macroF1);
    double tuned = Outcome.mean(outcome.validationTuned(), ConfusionMatrix::macroF1);
    return outcome.model()
        + ": validation macro-F1 "
        + ResultTable.figure(plain)
        + (Double.isNaN(tuned) ? "" : ", tuned " + ResultTable.figure(tuned))
        + (outcome.note().isEmpty() ? "" : "; " + outcome.note());
  }

  /** What a model is worth on a symbol that it has not seen, beside one that has seen all. */
  private List<String> transfers(
      SparkSession spark, BenchmarkRows data, Problem problem, long start) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "tested on",
            "model",
            "seeds",
            "F1",
            "MCC",
            "tuned F1",
            "MCC",
            "95 %",
            "seen: tuned F1",
            "MCC"));
    List<Outcome> seen = outcomes(spark, data, problem, start);
    for (int s = 0; s < data.symbols().size(); s++) {
      int left = s;
      progress(start, "without " + data.symbols().get(s));
      Problem others = problem.transfer(row -> data.symbol()[row] != left);
      List<Outcome> unseen = outcomes(spark, data, others, start);
      for (int m = 0; m < unseen.size(); m++) {
        Outcome o = unseen.get(m);
        rows.add(
            List.of(
                data.symbols().get(s),
                o.model(),
                String.valueOf(o.plain().size()),
                ResultTable.figure(Outcome.mean(o.plain(), ConfusionMatrix::macroF1)),
                ResultTable.figure(Outcome.mean(o.plain(), ConfusionMatrix::mcc)),
                ResultTable.figure(Outcome.mean(o.tuned(), ConfusionMatrix::macroF1)),
                ResultTable.figure(Outcome.mean(o.tuned(), ConfusionMatrix::mcc)),
                ResultTable.range(o.interval()),
                ResultTable.figure(seen.get(m).tunedOf(s, ConfusionMatrix::macroF1)),
                ResultTable.figure(seen.get(m).tunedOf(s, ConfusionMatrix::mcc))));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("### " + protocol.word() + ", horizon " + problem.horizon() + ", unseen symbols");
    lines.add("");
    lines.addAll(ResultTable.aligned(rows));
    lines.add("");
    return lines;
  }

  private void write(List<String> lines) {
    if (out != null) {
      try {
        Files.write(out, lines);
      } catch (IOException e) {
        throw new ConfigException("--out " + out + ": cannot be written", e);
      }
    }
  }

  private static void progress(long start, String line) {
    Console.progress(
        String.format(Locale.ROOT, "%5d s  %s", (System.nanoTime() - start) / 1_000_000_000, line));
  }
}
