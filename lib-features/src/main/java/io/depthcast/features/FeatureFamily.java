package io.depthcast.features;

import java.io.Serializable;
import java.util.List;

/**
 * A family of features: a record whose components are its parameters, validated in the compact
 * constructor. Serializable, so that a job can send it to where the slices are.
 *
 * <p>The contract, held by a common test for every family run by {@link FeatureSet}: a value at row
 * n depends on rows up to n of its slice only; it is the same to the last bit however the rows are
 * cut into batches, and when the run begins at any earlier row of the slice from which the value is
 * not missing; it is NaN in suspect rows and during warm-up (from the first row of the slice, and
 * from the first row after a suspect one, until {@link #warmupEvents()} rows and {@link
 * #warmupNanos()} have passed), and finite or NaN otherwise. An empty level is what the family says
 * it is; a level that the source does not tell of ({@link io.depthcast.book.BookBatch#known}) makes
 * NaN of whatever needs it.
 */
public sealed interface FeatureFamily extends Serializable
    permits BookLevels,
        BookSlope,
        Depth,
        DepthConcentration,
        DepthImbalance,
        DepthScaledOrderFlow,
        EventDuration,
        EventIntensity,
        FairValue,
        JumpTest,
        LevelGaps,
        MeasuredTimeToFill,
        Microprice,
        Mid,
        MidReturn,
        OrderFlowBySide,
        OrderFlowImbalance,
        OrderLifetime,
        PriceImpact,
        QueueImbalance,
        QueueRates,
        QueueSizeChange,
        RangeVolatility,
        RealizedVolatility,
        SizeIncreaseImbalance,
        Spread,
        SpreadTicks,
        TickClass,
        TimeOfDay,
        TimeToFill,
        TradeFlow,
        TradeResilience,
        TradeVwap,
        UpdatesPerPriceChange,
        VolatilityRegime,
        VolatilitySignature,
        Vpin {

  /** Book levels a side that the kernel reads. */
  int levels();

  /** The columns, in the order of the kernel's output arrays. */
  List<Feature> produces();

  /**
   * Whether the kernel reads the event of a row (type, side, price, size, order id), not only the
   * book after it.
   */
  default boolean readsEvents() {
    return false;
  }

  /** Rows before row n that the value at row n looks at. */
  int warmupEvents();

  /**
   * How long before row n the rows are that the value at row n looks at: those later than its time
   * less this, and the one row before them. Nanoseconds, 0 where only {@link #warmupEvents()}
   * counts.
   */
  default long warmupNanos() {
    return 0;
  }

  /**
   * Whether a value can be NaN though the look-back is whole and clean and the book has all levels:
   * a mean of orders where there were none, say.
   */
  default boolean mayBeUndefined() {
    return false;
  }

  /** The paper, and which of its quantities. */
  String reference();

  /** Fresh running state for one slice. */
  FeatureKernel kernel();
}
