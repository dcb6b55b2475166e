package io.depthcast.jobs.capture;

import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.Depthcast;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.capture.Journal.Rotation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Captures a venue's messages until it is told to stop. */
@Command(
    name = "capture",
    description = {
      "Capture a venue's messages as they come, until Ctrl-C or SIGTERM.",
      "Writes segments for ingest binance; what a killed run left open is closed first."
    })
public final class CaptureCommand implements Callable<Integer> {

  private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final long PROGRESS_MS = 10_000;

  /** What can be captured. */
  enum VenueName {
    BINANCE,
    COINBASE
  }

  @Option(names = "--venue", required = true, description = "binance or coinbase.")
  private VenueName venue;

  @Option(
      names = "--market",
      description = "Market of Binance: spot, usd_m or coin_m (default: spot).")
  private BinanceMarket market;

  @Option(
      names = "--feed",
      description = "Feed of Coinbase: advanced or exchange (default: advanced).")
  private CoinbaseFeed feed;

  @Option(
      names = "--no-witness",
      description = {
        "Of Coinbase, without a second connection whose books are held to those of the first;",
        "half the volume, but lost updates and stale snapshots may leave no sign."
      })
  private boolean noWitness;

  @Option(
      names = "--symbols",
      paramLabel = "SYMBOL",
      split = ",",
      required = true,
      description = "Instruments as the venue writes them, comma separated.")
  private List<String> symbols;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the segments, one for each feed.")
  private Path out;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "WebSocket address, without Binance's path (default: the venue's).")
  private String url;

  @Option(
      names = "--rest-url",
      paramLabel = "URL",
      description = "Address of Binance's REST interface, without path (default: the venue's).")
  private String restUrl;

  @Option(
      names = "--flush-ms",
      paramLabel = "MS",
      defaultValue = "200",
      description = "Longest time until a message is on the disk (default: ${DEFAULT-VALUE}).")
  private long flushMs;

  @Option(
      names = "--segment-seconds",
      paramLabel = "S",
      defaultValue = "3600",
      description = "Age at which a segment is closed (default: ${DEFAULT-VALUE}).")
  private long segmentSeconds;

  @Option(
      names = "--segment-mb",
      paramLabel = "MB",
      defaultValue = "256",
      description = "Compressed size at which a segment is closed (default: ${DEFAULT-VALUE}).")
  private long segmentMb;

  @Option(
      names = "--kafka",
      paramLabel = "BROKERS",
      description = {
        "Also publish to the topics order_book_snapshots and trades of these brokers,",
        "host:port comma separated (docs/kafka.md)."
      })
  private String kafka;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // for picocli itself
  private boolean help;

  @Override
  public Integer call() {
    Venue captured = venue();
    Collector collector =
        new Collector(
            out,
            captured,
            rotation(),
            new Collector.Run(
                Depthcast.version(),
                InstantSource.system(),
                new Random(),
                PROGRESS_MS,
                Console::progress,
                lines -> {},
                kafka == null ? null : Brokers.connect(kafka)));
    JobMain.onSignal(collector::stop);
    Console.progress(
        "capturing " + captured.feed() + " " + String.join(",", captured.symbols()) + " to " + out);
    Console.print("capture   " + collector.await());
    return JobMain.DONE;
  }

  private Rotation rotation() {
    try {
      return new Rotation(flushMs, segmentSeconds, segmentMb << 20);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage(), e);
    }
  }

  /** The feed that the options name. */
  Venue venue() {
    for (String symbol : symbols) {
      if (!SYMBOL.matcher(symbol).matches()) {
        throw new ConfigException(
            "--symbols '" + symbol + "' is no instrument's name; letters, digits, - and _");
      }
    }
    if (venue == VenueName.BINANCE) {
      refuse("--feed", feed, "coinbase");
      refuse("--no-witness", noWitness ? true : null, "coinbase");
      return binance(market == null ? BinanceMarket.SPOT : market);
    }
    refuse("--market", market, "binance");
    refuse("--rest-url", restUrl, "binance");
    CoinbaseFeed kind = feed == null ? CoinbaseFeed.ADVANCED : feed;
    return new CoinbaseVenue(
        kind,
        address("--url", url == null ? kind.url() : url, "ws"),
        symbols.stream().distinct().toList(),
        Timing.COINBASE,
        !noWitness);
  }

  private Venue binance(BinanceMarket of) {
    return new BinanceVenue(
        of,
        address("--url", url == null ? BinanceVenue.url(of) : url, "ws"),
        address("--rest-url", restUrl == null ? BinanceVenue.restUrl(of) : restUrl, "http"),
        symbols.stream().map(s -> s.toUpperCase(Locale.ROOT)).distinct().toList(),
        Timing.BINANCE);
  }

  private static void refuse(String option, Object value, String other) {
    if (value != null) {
      throw new ConfigException(option + " is for --venue " + other + " only");
    }
  }

  private static String address(String option, String text, String scheme) {
    if (!text.matches(scheme + "s?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9./_-]*)?")) {
      throw new ConfigException(
          option + " " + text + " is no " + scheme + ":// or " + scheme + "s:// address");
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
