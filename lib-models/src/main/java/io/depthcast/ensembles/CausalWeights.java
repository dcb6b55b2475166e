package io.depthcast.ensembles;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Weights of experts at each row of one instrument, learnt from rows whose label has ended by then.
 *
 * <p>A label is known at a row if the row at which it ends is not after it and its time is at least
 * the delay before the row's: of events at one time the row number alone tells which came first.
 * Losses are learnt in the order in which their labels end. What waits is what no label has told
 * yet, as many rows as the longest horizon holds.
 */
public final class CausalWeights {

  private static final Comparator<Waiting> ORDER =
      Comparator.comparingLong(Waiting::session)
          .thenComparingLong(Waiting::seqEnd)
          .thenComparingLong(Waiting::seq);

  private final ExpertWeights weights;
  private final long delayNs;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(ORDER);

  /**
   * @param weights as they are at the beginning
   * @param delayNs nanoseconds after a label's end until it is known, 0 or more
   */
  public CausalWeights(ExpertWeights weights, long delayNs) {
    this.weights = weights;
    this.delayNs = delayNs;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Waiting(long session, long seq, long seqEnd, long tsEnd, double[] losses) {}

  /**
   * Learns all that is known at a row, and answers its weights, their sum 1.
   *
   * @param session of the row, for example its day; not less than that of the row before
   * @param seq of the row in its session
   * @param ts of the row, nanoseconds UTC
   */
  public double[] at(long session, long seq, long ts) {
    while (!waiting.isEmpty() && isKnown(waiting.peek(), session, seq, ts)) {
      weights.learn(waiting.remove().losses());
    }
    return weights.weights();
  }

  private boolean isKnown(Waiting label, long session, long seq, long ts) {
    return (label.session() < session || label.seqEnd() <= seq) && label.tsEnd() + delayNs <= ts;
  }

  /**
   * Keeps a row's losses until its label has ended.
   *
   * @param seqEnd the last row that the label looks at, in the session
   * @param tsEnd its time, nanoseconds UTC
   * @param losses by expert, finite
   */
  public void await(long session, long seq, long seqEnd, long tsEnd, double[] losses) {
    waiting.add(new Waiting(session, seq, seqEnd, tsEnd, losses.clone()));
  }

  /** How many rows wait for the end of their label. */
  public int waiting() {
    return waiting.size();
  }
}
