package io.depthcast.jobs.replicate;

import java.util.Locale;

/**
 * A fact that holds for limit order books: what was published, and the band into which a sound feed
 * falls. A value outside means that the feed is broken, the loader is, or the market is another
 * kind than those of the source; the band is wide enough for one liquid stock on one day.
 */
enum Fact {
  OFI_R2(
      "Share of 10 s moves explained by order flow imbalance, level 1",
      "0.65 (50 NYSE stocks, April 2010); 0.71 (100 stocks of the S&P 500, 2017 to 2019)",
      "Cont, Kukanov, Stoikov 2014; Cont, Cucuringu, Zhang 2023",
      0.35,
      0.95),
  TRADE_IMBALANCE_R2(
      "Share explained by trade imbalance alone",
      "0.32 (50 NYSE stocks, April 2010)",
      "Cont, Kukanov, Stoikov 2014",
      0.02,
      0.60),
  OFI_OVER_TRADES(
      "Order flow explains more than trades do: difference of the two R2",
      "0.33 (0.65 less 0.32)",
      "Cont, Kukanov, Stoikov 2014",
      0.0,
      0.95),
  OFI_R2_NEXT_WINDOW(
      "Share explained by OFI of level 1, coefficients from the window before",
      "0.65",
      "Cont, Cucuringu, Zhang 2023",
      0.20,
      0.95),
  INTEGRATED_OFI_R2(
      "Share explained by integrated OFI (first principal component of the levels), in sample",
      "0.87",
      "Cont, Cucuringu, Zhang 2023",
      0.45,
      0.98),
  INTEGRATED_OFI_R2_NEXT_WINDOW(
      "The same, component and coefficients from the window before",
      "0.84",
      "Cont, Cucuringu, Zhang 2023",
      0.25,
      0.98),
  FIRST_COMPONENT_SHARE(
      "Variance of the levels' OFI in their first principal component",
      "0.89",
      "Cont, Cucuringu, Zhang 2023",
      0.30,
      1.0),
  MORE_LEVELS_HELP(
      "Gain in R2 from all levels over level 1, adjusted for the number of levels",
      "positive for each of 6 stocks",
      "Xu, Gould, Howison 2018",
      0.0,
      0.60),
  IMPACT_DEPTH_EXPONENT(
      "Exponent of depth in the price impact of order flow, beta = c / depth^lambda",
      "1 (not rejected for 35 of 50 stocks)",
      "Cont, Kukanov, Stoikov 2014",
      0.4,
      1.6),
  QUEUE_IMBALANCE_AUC_GAIN(
      "Direction of the next mid move from queue imbalance: area under the ROC curve over 0.5",
      "0.5 to 0.6 (large tick), 0.1 to 0.3 (small tick)",
      "Gould, Bonart 2016",
      0.05,
      0.75),
  QUEUE_IMBALANCE_MSR_GAIN(
      "The same: fall of the mean squared residual below 1/4",
      "0.2 to 0.3 (large tick)",
      "Gould, Bonart 2016",
      0.002,
      0.45),
  FORWARD_R2(
      "Share of the move two mid changes ahead explained by the last 100 updates' OFI, linear, fitted on the windows before",
      "0.0025 to 0.0125 (trained networks); linear forecasts are weaker, often below 0",
      "Kolm, Turiel, Westray 2023; Cont, Cucuringu, Zhang 2023",
      -0.05,
      0.10),
  STOIKOV_SLOPE(
      "Slope of the mid's next six moves together on what Stoikov's micro-price foresees, by bucket of queue imbalance, fitted on the windows before",
      "1 (a martingale by construction)",
      "Stoikov 2018",
      0.5,
      1.5),
  STOIKOV_DRIFT_LEFT(
      "Drift of the mid by bucket of queue imbalance that Stoikov's micro-price leaves, over the drift",
      "0 (a martingale by construction)",
      "Stoikov 2018",
      0.0,
      0.5),
  MICROPRICE_SLOPE(
      "The slope of the size-weighted micro-price",
      "none; 1 if it were a martingale, below 1 if it leans too far",
      "the mid weighted by the opposite sizes, which Stoikov 2018 starts from",
      0.0,
      1.5),
  STOIKOV_OVER_WEIGHTED(
      "Drift that Stoikov's micro-price leaves over the drift that the size-weighted one leaves",
      "none; below 1 if the fit is worth it, which a thesis on the DAX-40 did not confirm",
      "Stoikov 2018",
      0.0,
      1.0),
  IMPACT_EXPONENT(
      "Exponent of signed volume in the move of the same 10 s",
      "0.5; 0.2 to 0.7 in single markets",
      "Toth et al. 2011",
      0.1,
      1.0),
  SIGNATURE_RATIO(
      "Variance per second of the mid at 1 s over that at 60 s",
      "near 1 for mids; above it where quotes flicker",
      "Andersen et al. 2000, the volatility signature plot",
      0.5,
      4.0),
  EDGES_OVER_MIDDAY(
      "Volume a minute in the first and last half hour over that between, of a session",
      "above 1 (U shape)",
      "Admati, Pfleiderer 1988; Biais, Hillion, Spatt 1995",
      1.0,
      20.0);

  private final String title;
  private final String published;
  private final String source;
  private final double low;
  private final double high;

  Fact(String title, String published, String source, double low, double high) {
    this.title = title;
    this.published = published;
    this.source = source;
    this.low = low;
    this.high = high;
  }

  /** Name in {@code gold.metrics}. */
  String metric() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  String published() {
    return published;
  }

  String source() {
    return source;
  }

  double low() {
    return low;
  }

  double high() {
    return high;
  }

  /** What a measurement says. */
  enum Verdict {
    HOLDS("holds"),
    /** The value is outside the band, but its interval reaches into it. */
    UNCLEAR("unclear"),
    OUTSIDE("outside"),
    NOT_MEASURED("not measured");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * Whether the fact holds.
   *
   * @param estimate null where there was nothing to measure it on
   */
  Verdict verdict(SymbolFacts.Estimate estimate) {
    if (estimate == null) {
      return Verdict.NOT_MEASURED;
    }
    if (estimate.value() >= low && estimate.value() <= high) {
      return Verdict.HOLDS;
    }
    return estimate.high() >= low && estimate.low() <= high ? Verdict.UNCLEAR : Verdict.OUTSIDE;
  }
}
