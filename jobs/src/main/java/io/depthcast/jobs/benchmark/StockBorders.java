package io.depthcast.jobs.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where one stock ends and the next begins in a file of FI-2010, which has the events of five
 * stocks one after the other without a mark.
 *
 * <p>Prices of a stock move little from event to event; those of two stocks differ much. So the
 * borders are the largest steps of the best ask: four of them, as public readers of single days
 * have it (github.com/Jeonghwan-Cheon/lob-deep-learning, loaders/fi2010_loader.py). Where a file of
 * several days should have the five stocks of each day together, there are five times the days less
 * one; of the two numbers that one is taken whose smallest step stands out more from the next.
 *
 * @param begins first event of each run of one stock, rising, the first is 0; the stocks recur in
 *     the same order
 * @param clarity how many times the smallest step at a border is the largest elsewhere; at about 1
 *     a border may be the wrong one
 */
record StockBorders(List<Integer> begins, double clarity) {

  static final int STOCKS = 5;

  StockBorders {
    begins = List.copyOf(begins);
  }

  /**
   * Finds them.
   *
   * @param ask best ask of each event, more events than there can be borders
   * @param days trading days of the file
   */
  static StockBorders of(float[] ask, int days) {
    List<Integer> bySteps =
        IntStream.range(1, ask.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> step(ask, i)).reversed())
            .limit((long) STOCKS * days)
            .toList();
    StockBorders byStock = largest(ask, bySteps, STOCKS - 1);
    StockBorders byDay = largest(ask, bySteps, STOCKS * days - 1);
    return byDay.clarity > byStock.clarity ? byDay : byStock;
  }

  private static StockBorders largest(float[] ask, List<Integer> bySteps, int borders) {
    double least = step(ask, bySteps.get(borders - 1));
    double next = step(ask, bySteps.get(borders));
    return new StockBorders(
        IntStream.concat(IntStream.of(0), bySteps.stream().limit(borders).mapToInt(i -> i).sorted())
            .boxed()
            .toList(),
        least == next ? 1 : least / next);
  }

  private static double step(float[] ask, int event) {
    return Math.abs((double) ask[event] - ask[event - 1]);
  }
}
