package io.depthcast.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.exchange.OrderFlow;
import io.depthcast.feed.lobster.LobsterName;
import io.depthcast.feed.lobster.LobsterPair;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's check runs the command: it needs no Spark. */
class SimulateCommandTest {

  private static final String CONFIG =
      """
      seed: 3
      seconds: 60
      signal: {r2: 0.1, marketOrders: 5}
      days:
        - {date: 2024-03-06, halts: [{atSecond: 20, seconds: 5}]}
        - {date: 2024-03-07, halts: []}
      instruments:
        - symbol: TEST
          tick: 100
          firstPrice: 2500
          flow:
            queues: 4
            limits: {perSecond: 1, decay: 0.9}
            cancels: {perSecond: 0.2, halfOrders: 20}
            markets: {perSecond: 0.5, decayOrders: 20}
            movesPerSecond: 0.5
            bestQueueHeld: true
      formats: {levels: 3, binanceDepthMs: 100, coinbaseDepthMs: 50, snapshotMs: 1000}
      faults:
        binance: [{fault: dropped, atUpdate: 50}]
        coinbase: [{fault: malformed, atUpdate: 60}]
        coinbaseAdvanced: [{fault: duplicated, atUpdate: 70}]
      """;

  @TempDir Path folder;

  private RunOutcome simulate(String config, Path out) throws IOException {
    Path file = Files.writeString(folder.resolve("simulate.yaml"), config);
    return RunOutcome.checked("simulate", "--config", file.toString(), "--out", out.toString());
  }

  @Test
  void writesEachSessionInAllFormatsTheSameEachTime() throws IOException {
    RunOutcome outcome = simulate(CONFIG, folder.resolve("a")).orThrow();
    assertThat(outcome.err())
        .hasSize(2)
        .allMatch(l -> l.matches("TEST 2024-03-0[67]: \\d+ events"));
    assertThat(outcome.out()).singleElement().asString().startsWith("simulate  2 sessions, ");
    Map<String, String> texts = texts(folder.resolve("a"));
    assertThat(texts.keySet())
        .contains(
            "binance/TEST/2024-03-06/TEST_2024-03-06.gz",
            "coinbase/TEST/2024-03-06/TEST_2024-03-06.gz",
            "coinbase_advanced/TEST/2024-03-06/TEST_2024-03-06.gz",
            "lobster/TEST_2024-03-06_34200000_34260000_message_3.csv.gz",
            "lobster/TEST_2024-03-06_34200000_34260000_orderbook_3.csv.gz",
            "snapshots/TEST_2024-03-06.csv.gz",
            "truth/TEST_2024-03-06_book.csv.gz",
            "truth/TEST_2024-03-06_faults.csv.gz",
            "truth/TEST_2024-03-06_moves.csv.gz",
            "truth/TEST_2024-03-06_queues.csv.gz",
            "truth/config.yaml")
        .hasSize(2 * 10 + 1);
    assertThat(texts.values()).noneMatch(String::isEmpty);
    assertThat(texts.get("truth/TEST_2024-03-06_faults.csv.gz"))
        .startsWith("capture,fault,cause,recv_first_ns,recv_last_ns\nbinance,dropped,")
        .contains("\nbinance,dropped,sequence_gap,17097354")
        .contains("\ncoinbase,malformed,rejected_rows,17097354")
        .contains("\ncoinbase,malformed,sequence_gap,17097354")
        .contains("\ncoinbase_advanced,duplicated,,17097354");
    simulate(CONFIG, folder.resolve("b")).orThrow();
    assertThat(texts(folder.resolve("b"))).isEqualTo(texts);
  }

  @Test
  void theLobsterFilesAreReadAsTheyAre() throws IOException {
    simulate(CONFIG, folder.resolve("a")).orThrow();
    String name = "TEST_2024-03-07_34200000_34260000_%s_3.csv";
    LobsterPair pair =
        new LobsterPair(
            LobsterName.parse(name.formatted("message")),
            LobsterName.parse(name.formatted("orderbook")));
    Path lobster = folder.resolve("a/lobster");
    BookBatch rows = new BookBatch(10_000, 3);
    try (LobsterReader reader =
        new LobsterReader(
            pair,
            unzipped(lobster.resolve(pair.message().fileName() + ".gz")),
            unzipped(lobster.resolve(pair.orderbook().fileName() + ".gz")),
            0)) {
      assertThat(reader.next(rows)).isTrue();
      assertThat(reader.rejected()).isEmpty();
      assertThat(rows.rows).isGreaterThan(100);
    }
  }

  @Test
  void theShippedConfigurationHasTheParametersOfTheLibrary() {
    SimulateConfig shipped = ConfigFile.shipped("simulate.yaml").as(SimulateConfig.class);
    assertThat(shipped.instruments().get(0).flow()).isEqualTo(OrderFlow.LARGE_TICK);
    assertThat(shipped.instruments().get(1).flow()).isEqualTo(OrderFlow.SMALL_TICK);
  }

  @Test
  void refusesAFolderThatIsNotEmpty() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(out.resolve("mine.txt"), "kept");
    refuses(CONFIG, out, out + " holds something else; remove it, or give an empty or new folder");
    assertThat(texts(out)).isEqualTo(Map.of("mine.txt", "kept"));
  }

  /**
   * A killed run leaves sessions in the making; the folder itself is there only when it is whole.
   */
  @Test
  void removesWhatAKilledRunLeft() throws IOException {
    Path left = Files.createDirectories(folder.resolve(".a.part/lobster"));
    Files.writeString(left.resolve("OTHER_2024-03-06_34200000_34260000_message_3.csv.gz"), "half");
    Files.createDirectories(folder.resolve("a"));
    simulate(CONFIG, folder.resolve("a")).orThrow();
    assertThat(texts(folder.resolve("a")).keySet())
        .hasSize(2 * 10 + 1)
        .noneMatch(f -> f.contains("OTHER"));
    assertThat(folder.resolve(".a.part")).doesNotExist();
  }

  @Test
  void refusesAFileForAFolder() throws IOException {
    Path out = Files.writeString(folder.resolve("out"), "");
    refuses(CONFIG, out, out + " is a file; give an empty or new folder");
  }

  @Test
  void refusesABadConfigurationAndWritesNothing() throws IOException {
    Path out = folder.resolve("out");
    Path file = folder.resolve("simulate.yaml");
    refuses(
        CONFIG.replace("r2: 0.1", "r2: 2"),
        out,
        file + " line 3: signal: Invalid r2: 2.0 (must be 0 to 1)");
    refuses(
        CONFIG.replace("2024-03-07", "2024-03-06"),
        out,
        file + " line 23: The date 2024-03-06 comes twice");
    refuses(
        CONFIG.replace("seconds: 5}", "seconds: 50}"),
        out,
        file
            + " line 23: Invalid halt at second 20 (must begin after the one before and end within"
            + " the session)");
    refuses(
        CONFIG.replace("fault: malformed", "fault: stale_snapshot"),
        out,
        file
            + " line 23: faults: Invalid coinbase: stale_snapshot (Coinbase answers no request for a"
            + " snapshot; leave it out)");
    refuses(
        CONFIG.replace("atUpdate: 50}", "atUpdate: 50}, {fault: crossed, atUpdate: 50}"),
        out,
        file + " line 23: faults: Invalid binance: atUpdate 50 after 50 (must grow)");
    refuses(
        CONFIG.replace("coinbaseAdvanced:", "advancedTrade:"),
        out,
        file + " line 23: missing key 'faults.coinbaseAdvanced'");
    refuses(
        CONFIG.replace("coinbase: [", "venue: x\n  coinbase: ["),
        out,
        file
            + " line 24: unknown key 'faults.venue'; allowed: binance, coinbase, coinbaseAdvanced");
    refuses(
        CONFIG.replace("fault: malformed", "fault: mangled"),
        out,
        file
            + " line 21: faults.coinbase[0].fault: must be dropped or duplicated or reordered or"
            + " malformed or crossed or negative_size or clock_jump or silence or reconnect or"
            + " stale_snapshot, not 'mangled'");
    refuses(
        CONFIG.substring(0, CONFIG.indexOf("faults:")) + "faults: []\n",
        out,
        file + " line 19: faults: must be keys and values");
    assertThat(out).doesNotExist();
  }

  @Test
  void helpSaysWhatItWrites() {
    RunOutcome outcome = RunOutcome.checked("help", "simulate");
    assertThat(outcome.exitCode()).isZero();
    assertThat(String.join("\n", outcome.out())).contains("--out=DIR", "--config=FILE", "LOBSTER");
  }

  private void refuses(String config, Path out, String line) throws IOException {
    RunOutcome outcome = simulate(config, out);
    assertThat(outcome.err()).containsExactly("depthcast: " + line);
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.out()).isEmpty();
  }

  private static InputStream unzipped(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file));
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> texts.put(folder.relativize(file).toString(), text(file)));
    }
    return texts;
  }

  private static String text(Path file) {
    try (InputStream in =
        file.toString().endsWith(".gz") ? unzipped(file) : Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
