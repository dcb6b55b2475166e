package io.depthcast.jobs.ingest;

import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.binance.BinanceDepth;
import io.depthcast.feed.binance.BinanceMarket;
import java.util.List;

/**
 * {@code configs/ingest-binance.yaml}.
 *
 * @param levels levels a side of {@code silver.book}, 1 to 200; missing ones are null
 * @param market where the instruments trade: spot, usd_m or coin_m
 * @param symbols instruments, as the venue writes them; those of the command line win
 * @param depth what the books are made of: updates or frames
 * @param limits what is put up with
 */
public record BinanceIngestConfig(
    int levels, BinanceMarket market, List<String> symbols, BinanceDepth depth, FeedLimits limits) {

  public BinanceIngestConfig {
    IngestConfig.requireLevels(levels);
    symbols = List.copyOf(symbols);
  }
}
