package io.depthcast.jobs.replicate;

import io.depthcast.book.BookBatch;
import io.depthcast.features.FeatureSet;
import io.depthcast.features.OrderFlowImbalance;
import io.depthcast.features.Window;
import io.depthcast.jobs.table.Slice;
import java.util.List;

/** One pass over a slice that measures every fact. */
final class SliceMeasurement {

  /** Levels of the forecast; a venue of snapshots may have no more. */
  private static final int FORWARD_LEVELS = 5;

  private final ReplicateConfig config;
  private final SliceFacts facts;
  private final FeatureSet.Run run;
  private final Intervals intervals;
  private final QueueImbalanceFacts queueImbalance = new QueueImbalanceFacts();
  private final SignatureFacts signature = new SignatureFacts();
  private final ForwardFacts forward;
  private final MartingaleFacts martingale;
  private double[][] flows = {};

  SliceMeasurement(Slice slice, ReplicateConfig config) {
    this.config = config;
    facts = new SliceFacts(slice);
    run = features(config).start();
    intervals = new Intervals(config.intervalNanos(), config.levels());
    forward =
        new ForwardFacts(Math.min(FORWARD_LEVELS, config.levels()), config.windowNanos(), facts);
    martingale = new MartingaleFacts(config.windowNanos(), facts);
  }

  /** What is read of each row: its order flow imbalance by level. */
  static FeatureSet features(ReplicateConfig config) {
    return new FeatureSet(List.of(new OrderFlowImbalance(config.levels(), Window.events(1))));
  }

  void add(BookBatch batch) {
    if (flows.length == 0 || flows[0].length < batch.rows) {
      flows = new double[config.levels()][batch.capacity];
    }
    run.compute(batch, flows);
    intervals.add(batch, flows);
    queueImbalance.add(batch);
    signature.add(batch);
    forward.add(batch, flows);
    martingale.add(batch);
  }

  SliceFacts finish() {
    forward.finish();
    martingale.finish();
    queueImbalance.measure(facts);
    signature.measure(facts);
    OrderFlowFacts.measure(intervals.done(), config.windowNanos(), facts);
    VolumeFacts.measure(intervals.done(), config.intervalSeconds() / 60.0, facts);
    return facts;
  }
}
