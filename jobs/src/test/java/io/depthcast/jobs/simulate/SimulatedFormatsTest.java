package io.depthcast.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same sessions through the jobs of all formats: what docs/formats.md says. */
@ExtendWith(SparkTest.class)
class SimulatedFormatsTest {

  private static final String CONFIG =
      """
      seed: 3
      seconds: 90
      signal: {r2: 0.1, marketOrders: 5}
      days:
        - {date: 2024-03-06, halts: []}
        - {date: 2024-03-07, halts: []}
      instruments:
        - symbol: LARGE
          tick: 100
          firstPrice: 2500
          flow:
            queues: 14
            limits: {perSecond: 1.2, decay: 0.85}
            cancels: {perSecond: 0.12, halfOrders: 20}
            markets: {perSecond: 0.5, decayOrders: 20}
            movesPerSecond: 0.2
            bestQueueHeld: true
        - symbol: SMALL
          tick: 100
          firstPrice: 60000
          flow:
            queues: 30
            limits: {perSecond: 0.3, decay: 0.97}
            cancels: {perSecond: 0.3, halfOrders: 40}
            markets: {perSecond: 0.4, decayOrders: 10}
            movesPerSecond: 0.5
            bestQueueHeld: false
      formats: {levels: 10, binanceDepthMs: 0, coinbaseDepthMs: 0, snapshotMs: 500}
      faults: {binance: [], coinbase: [], coinbaseAdvanced: []}
      """;

  private static final int LEVELS = 10;

  /** Nanoseconds of the shortest time that a venue tells. */
  private static final long MILLISECOND = 1_000_000;

  private static final long MICROSECOND = 1_000;

  private static Lake lake;

  /** A book and when it came about. */
  private record State(long nanos, List<Double> levels) {}

  @BeforeAll
  static void simulateAndIngest(SparkSession spark, @TempDir Path folder) throws IOException {
    Path config = Files.writeString(folder.resolve("simulate.yaml"), CONFIG);
    String out = folder.resolve("sessions").toString();
    String root = folder.resolve("lake").toString();
    String source = System.getProperty("depthcast.root") + "/configs/sources/simulated.yaml";
    run("simulate", "--config", config.toString(), "--out", out);
    run("ingest", "lobster", "--input", out + "/lobster", "--lake", root);
    for (String symbol : List.of("LARGE", "SMALL")) {
      captured("binance", symbol, out + "/binance/" + symbol, root);
      captured("coinbase", symbol + "-USD", out + "/coinbase/" + symbol, root);
    }
    run("ingest", "snapshot", "--source", source, "--input", out + "/snapshots", "--lake", root);
    lake = Lake.open(spark, root, "{}");
  }

  private static void captured(String venue, String symbol, String input, String root) {
    run("ingest", venue, "--symbol", symbol, "--input", input, "--lake", root);
  }

  private static void run(String... command) {
    RunOutcome.of(command).orThrow();
  }

  @Test
  void noFormatHasASuspectOrRejectedRow() {
    assertThat(lake.read("silver.book").groupBy("venue").count().orderBy("venue").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("binance_spot", "coinbase", "nasdaq", "simulated");
    assertThat(lake.read("silver.book").where("suspect").count()).isZero();
    assertThat(lake.read("silver.suspect_windows").count()).isZero();
    assertThat(lake.read("silver.rejected").count()).isZero();
  }

  /** Times of Binance are milliseconds, those of Coinbase microseconds. */
  @ParameterizedTest
  @CsvSource({"LARGE, 2024-03-06", "LARGE, 2024-03-07", "SMALL, 2024-03-06", "SMALL, 2024-03-07"})
  void theCapturesHaveTheBookOfTheLobsterFilesAfterEachMoment(String symbol, String date) {
    List<State> lobster = lobster(symbol, date);
    List<State> coinbase = states("coinbase", symbol + "-USD", date, 1000);
    List<State> binance = states("binance_spot", symbol, date, 1000);
    State opening = coinbase.get(0);

    assertThat(changes(opening, lobster, MICROSECOND)).isEqualTo(changes(opening, coinbase, 1));
    assertThat(changes(opening, lobster, MILLISECOND)).isEqualTo(changes(opening, binance, 1));
    assertThat(lobster).hasSizeGreaterThan(1000);
  }

  @ParameterizedTest
  @CsvSource({"LARGE, 2024-03-06", "LARGE, 2024-03-07", "SMALL, 2024-03-06", "SMALL, 2024-03-07"})
  void aSnapshotIsTheBookBeforeItsTime(String symbol, String date) {
    List<State> before =
        new ArrayList<>(List.of(states("coinbase", symbol + "-USD", date, 1000).get(0)));
    before.addAll(lobster(symbol, date));
    List<State> snapshots = states("simulated", symbol, date, 1);
    // 90 seconds of two, and that at the end.
    assertThat(snapshots).hasSize(181);
    int last = 0;
    for (State snapshot : snapshots) {
      while (last + 1 < before.size() && before.get(last + 1).nanos() < snapshot.nanos()) {
        last++;
      }
      assertThat(snapshot.levels()).isEqualTo(before.get(last).levels());
    }
  }

  @ParameterizedTest
  @CsvSource({"LARGE, 2024-03-06", "SMALL, 2024-03-07"})
  void theCapturesHaveTheTradesOfTheLobsterFiles(String symbol, String date) {
    assertThat(trades("coinbase", symbol + "-USD", date, 1000, 1))
        .isEqualTo(trades("nasdaq", symbol, date, 1, MICROSECOND))
        .hasSizeGreaterThan(20);
    // Those of the time before the first update are not in a capture of Binance.
    long first = states("binance_spot", symbol, date, 1000).get(0).nanos();
    List<String> lobster =
        trades("nasdaq", symbol, date, 1, MILLISECOND).stream()
            .filter(trade -> Long.parseLong(trade.split(" ", 2)[0]) >= first)
            .toList();
    List<String> binance = trades("binance_spot", symbol, date, 1000, 1);
    assertThat(lobster).endsWith(binance.toArray(String[]::new));
    assertThat(lobster.size() - binance.size()).isLessThanOrEqualTo(1);
    assertThat(lake.read("silver.trades").where("venue = 'simulated'").count()).isZero();
  }

  /** The last row of each moment: a market order that meets several orders is as many rows. */
  private static List<State> lobster(String symbol, String date) {
    List<State> rows = states("nasdaq", symbol, date, 1);
    List<State> last = new ArrayList<>();
    for (State row : rows) {
      if (!last.isEmpty() && last.get(last.size() - 1).nanos() == row.nanos()) {
        last.remove(last.size() - 1);
      }
      last.add(row);
    }
    assertThat(last.size()).isLessThan(rows.size());
    return last;
  }

  /** All rows in their order; sizes in whole units. */
  private static List<State> states(String venue, String symbol, String date, int unitsOfOne) {
    Column[] columns =
        Stream.concat(
                Stream.of(functions.col("ts_event")),
                Tables.bookColumns(LEVELS).stream()
                    .map(
                        name ->
                            name.contains("size")
                                ? functions.round(functions.col(name).multiply(unitsOfOne))
                                : functions.col(name)))
            .toArray(Column[]::new);
    return lake
        .read("silver.book")
        .where(slice(venue, symbol, date))
        .orderBy("seq")
        .select(columns)
        .collectAsList()
        .stream()
        .map(SimulatedFormatsTest::state)
        .toList();
  }

  private static State state(Row row) {
    List<Double> levels = new ArrayList<>();
    for (int i = 1; i < row.size(); i++) {
      levels.add(row.isNullAt(i) ? null : row.getDouble(i));
    }
    return new State(row.getLong(0), levels);
  }

  /** The books that differ from the one before, with times of a unit. */
  private static List<State> changes(State opening, List<State> rows, long unit) {
    List<State> changes = new ArrayList<>();
    List<Double> levels = opening.levels();
    for (State row : rows) {
      if (!row.levels().equals(levels)) {
        changes.add(new State(row.nanos() / unit * unit, row.levels()));
        levels = row.levels();
      }
    }
    return changes;
  }

  private static List<String> trades(
      String venue, String symbol, String date, int unitsOfOne, long unit) {
    return lake
        .read("silver.trades")
        .where(slice(venue, symbol, date))
        .orderBy("seq")
        .selectExpr("ts_event", "price", "round(size * " + unitsOfOne + ")", "aggressor")
        .collectAsList()
        .stream()
        .map(
            row ->
                row.getLong(0) / unit * unit
                    + " "
                    + row.getDouble(1)
                    + " "
                    + row.getDouble(2)
                    + " "
                    + row.getString(3))
        .toList();
  }

  private static String slice(String venue, String symbol, String date) {
    return "venue = '%s' AND symbol = '%s' AND trade_date = '%s'".formatted(venue, symbol, date);
  }
}
