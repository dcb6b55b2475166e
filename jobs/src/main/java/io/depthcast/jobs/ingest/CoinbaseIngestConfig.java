package io.depthcast.jobs.ingest;

import io.depthcast.feed.FeedLimits;
import java.util.List;

/**
 * {@code configs/ingest-coinbase.yaml}.
 *
 * @param levels levels a side of {@code silver.book}, 1 to 200; missing ones are null
 * @param symbols products, as the venue writes them; those of the command line win
 * @param limits what is put up with
 */
public record CoinbaseIngestConfig(int levels, List<String> symbols, FeedLimits limits) {

  public CoinbaseIngestConfig {
    IngestConfig.requireLevels(levels);
    symbols = List.copyOf(symbols);
  }
}
