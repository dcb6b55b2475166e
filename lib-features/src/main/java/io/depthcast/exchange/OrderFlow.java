package io.depthcast.exchange;

/**
 * Intensities of the order flow, after the queue-reactive model of Huang, Lehalle and Rosenbaum
 * (2015), "Simulating and analyzing order book data: the queue-reactive model", JASA 110, model I:
 * queues that are independent given the reference price, each with intensities that depend on its
 * own size.
 *
 * <p>{@code Q_i}, i = 1, 2, 3 ..., is the queue i ticks from the reference price on either side;
 * the reference price lies between two ticks. {@code q} is the number of orders in a queue, which
 * stands for the paper's volume in units of the average event size. The shapes are those that the
 * paper finds in its section 2; the values are parameters here, not its estimates.
 *
 * @param queues queues a side in which limit orders arrive, 2 to 200
 * @param limits arrival of limit orders, the same whatever the queue
 * @param cancels cancellations, rising and concave in the size of the queue
 * @param markets market orders, falling exponentially with the size of the best queue
 * @param movesPerSecond moves of the reference price by one tick, above 0 to 100
 * @param bestQueueHeld whether cancellations and market orders leave the last order of the best
 *     queue: then the spread is one tick and only moves of the reference price move the mid, as on
 *     a stock with a large tick; else queues run empty and the spread varies
 */
public record OrderFlow(
    int queues,
    Limits limits,
    Cancels cancels,
    Markets markets,
    double movesPerSecond,
    boolean bestQueueHeld) {

  /** Long best queues, a spread of one tick, one move of the price in 20 seconds. */
  public static final OrderFlow LARGE_TICK =
      new OrderFlow(
          12, new Limits(1.2, 0.85), new Cancels(0.12, 20), new Markets(0.5, 20), 0.05, true);

  /** Queues of an order or two with holes between them, a spread of several ticks. */
  public static final OrderFlow SMALL_TICK =
      new OrderFlow(
          30, new Limits(0.3, 0.97), new Cancels(0.3, 40), new Markets(0.4, 10), 0.5, false);

  public OrderFlow {
    require("queues", queues, queues >= 2 && queues <= 200, "2 to 200");
    require(
        "movesPerSecond",
        movesPerSecond,
        movesPerSecond > 0 && movesPerSecond <= 100,
        "above 0 to 100");
    double mostCancels = cancels.perSecond() * cancels.halfOrders();
    if (limits.perSecond() >= mostCancels) {
      throw new IllegalArgumentException(
          "Queues would grow for ever: "
              + limits.perSecond()
              + " limit orders a second come to the nearest, and cancellations stay below perSecond"
              + " halfOrders = "
              + mostCancels);
    }
  }

  /**
   * Limit orders come to {@code Q_i} at {@code perSecond decay^(i-1)}.
   *
   * @param perSecond above 0 to 1000
   * @param decay above 0 to 1
   */
  public record Limits(double perSecond, double decay) {
    public Limits {
      require("perSecond", perSecond, perSecond > 0 && perSecond <= 1000, "above 0 to 1000");
      require("decay", decay, decay > 0 && decay <= 1, "above 0 to 1");
    }

    /**
     * Intensity at a queue, orders a second.
     *
     * @param queue 1 is the nearest to the reference price
     */
    public double at(int queue) {
      double rate = perSecond;
      for (int i = 1; i < queue; i++) {
        rate *= decay;
      }
      return rate;
    }
  }

  /**
   * Orders of a queue are cancelled at {@code perSecond q / (1 + q / halfOrders)} together: each at
   * {@code perSecond} in a short queue, at half of it where {@code q = halfOrders}.
   *
   * @param perSecond above 0 to 1000
   * @param halfOrders above 0 to 1e6
   */
  public record Cancels(double perSecond, double halfOrders) {
    public Cancels {
      require("perSecond", perSecond, perSecond > 0 && perSecond <= 1000, "above 0 to 1000");
      require("halfOrders", halfOrders, halfOrders > 0 && halfOrders <= 1e6, "above 0 to 1e6");
    }

    /** Intensity at a queue of a number of orders, cancellations a second. */
    public double at(int orders) {
      return perSecond * orders / (1 + orders / halfOrders);
    }
  }

  /**
   * Market orders hit the best queue of a side at {@code perSecond exp(-q / decayOrders)}.
   *
   * @param perSecond above 0 to 1000
   * @param decayOrders above 0 to 1e6
   */
  public record Markets(double perSecond, double decayOrders) {
    public Markets {
      require("perSecond", perSecond, perSecond > 0 && perSecond <= 1000, "above 0 to 1000");
      require("decayOrders", decayOrders, decayOrders > 0 && decayOrders <= 1e6, "above 0 to 1e6");
    }

    /** Intensity at a best queue of a number of orders, market orders a second. */
    public double at(int orders) {
      return perSecond * StrictMath.exp(-orders / decayOrders);
    }
  }

  private static void require(String name, double value, boolean valid, String range) {
    if (!valid) {
      String text =
          value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + text + " (must be " + range + ")");
    }
  }
}
