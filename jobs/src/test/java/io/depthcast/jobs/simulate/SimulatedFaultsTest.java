package io.depthcast.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that a configuration plans, against the suspect windows that the ingest jobs make. */
@ExtendWith(SparkTest.class)
class SimulatedFaultsTest {

  private static final String CONFIG =
      """
      seed: 4
      seconds: 150
      signal: {r2: 0.1, marketOrders: 5}
      days: [{date: 2024-03-06, halts: []}]
      instruments:
        - symbol: TEST
          tick: 100
          firstPrice: 2500
          flow:
            queues: 12
            limits: {perSecond: 1.2, decay: 0.85}
            cancels: {perSecond: 0.12, halfOrders: 20}
            markets: {perSecond: 0.5, decayOrders: 20}
            movesPerSecond: 0.05
            bestQueueHeld: true
      formats: {levels: 5, binanceDepthMs: 100, coinbaseDepthMs: 50, snapshotMs: 1000}
      faults:
        binance: [%1$s,
          {fault: stale_snapshot, atUpdate: 500},
          {fault: silence, atUpdate: 700}]
        coinbase: [%1$s, {fault: silence, atUpdate: 700}]
        coinbaseAdvanced: [%1$s, {fault: silence, atUpdate: 700}]
      """
          .formatted(
              """
              {fault: dropped, atUpdate: 100}, {fault: reconnect, atUpdate: 150},
                    {fault: duplicated, atUpdate: 200}, {fault: reordered, atUpdate: 250},
                    {fault: malformed, atUpdate: 300}, {fault: crossed, atUpdate: 350},
                    {fault: negative_size, atUpdate: 400}, {fault: clock_jump, atUpdate: 450}"""
                  .indent(0)
                  .stripTrailing());

  private static Path sessions;

  /** A line of the truth, or a window of the tables. */
  private record Span(String cause, long recvFirst, long recvLast) {
    boolean isWithin(List<Span> others) {
      return others.stream().anyMatch(o -> o.recvFirst <= recvFirst && recvLast <= o.recvLast);
    }
  }

  private record Truth(Set<String> faults, List<Span> suspect, List<Span> hidden) {}

  @BeforeAll
  static void simulate(@TempDir Path folder) throws IOException {
    Path config = Files.writeString(folder.resolve("simulate.yaml"), CONFIG);
    sessions = folder.resolve("sessions");
    RunOutcome.of("simulate", "--config", config.toString(), "--out", sessions.toString())
        .orThrow();
  }

  private static Truth truth(String capture) throws IOException {
    Set<String> faults = new HashSet<>();
    List<Span> suspect = new ArrayList<>();
    List<Span> hidden = new ArrayList<>();
    Path file = sessions.resolve("truth/TEST_2024-03-06_faults.csv.gz");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      for (String line : lines.lines().filter(l -> l.startsWith(capture + ",")).toList()) {
        String[] cells = line.split(",", -1);
        faults.add(cells[1]);
        Span span = new Span(cells[2], Long.parseLong(cells[3]), Long.parseLong(cells[4]));
        if (!span.cause().isEmpty()) {
          suspect.add(span);
        } else if (!cells[1].equals("duplicated")) {
          hidden.add(span);
        }
      }
    }
    return new Truth(faults, suspect, hidden);
  }

  /** Ten kinds of faults on Binance; a snapshot that nobody asks for cannot be stale. */
  @ParameterizedTest
  @CsvSource({
    "binance, binance, TEST, 10",
    "coinbase, coinbase, TEST-USD, 9",
    "coinbase_advanced, coinbase, TEST-USD, 9"
  })
  void eachIsFoundWithItsCauseAndSpanAndNothingElse(
      String capture, String venue, String symbol, int kinds, SparkSession spark, @TempDir Path at)
      throws IOException {
    Truth truth = truth(capture);
    assertThat(truth.faults()).hasSize(kinds);
    String root = at.resolve("lake").toString();
    RunOutcome.of(
            "ingest",
            venue,
            "--symbol",
            symbol,
            "--input",
            sessions.resolve(capture + "/TEST").toString(),
            "--config",
            config(venue, at),
            "--lake",
            root)
        .orThrow();
    Lake lake = Lake.open(spark, root, "{}");
    List<Long> recv =
        lake.read("silver.book").orderBy("seq").select("ts_recv").collectAsList().stream()
            .map(row -> row.getLong(0))
            .toList();
    List<Span> found = new ArrayList<>();
    for (Row window :
        lake.read("silver.suspect_windows")
            .select("cause", "seq_first", "seq_last")
            .collectAsList()) {
      found.add(
          new Span(
              window.getString(0),
              recv.get((int) window.getLong(1) - 1),
              recv.get((int) window.getLong(2) - 1)));
    }
    found.removeIf(span -> !truth.suspect().contains(span) && span.isWithin(truth.hidden()));
    assertThat(found).containsExactlyInAnyOrderElementsOf(truth.suspect());
    long suspect = recv.stream().filter(t -> new Span("", t, t).isWithin(truth.suspect())).count();
    assertThat(lake.read("silver.book").where("suspect").count()).isEqualTo(suspect);
    // The cut line and the one with a size below zero.
    assertThat(lake.read("silver.rejected").count()).isEqualTo(2);
  }

  /** As shipped, but that two lines of a short session may be bad. */
  private static String config(String venue, Path folder) throws IOException {
    Path shipped =
        Path.of(System.getProperty("depthcast.root"), "configs/ingest-" + venue + ".yaml");
    String text =
        Files.readString(shipped).replace("maxRejectedShare: 0.001", "maxRejectedShare: 0.01");
    return Files.writeString(folder.resolve("ingest.yaml"), text).toString();
  }
}
