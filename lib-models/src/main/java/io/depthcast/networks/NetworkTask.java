package io.depthcast.networks;

import io.depthcast.networks.NetworkFit.Watcher;
import io.depthcast.training.Standardisation;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.sql.Row;

/** One fit inside one Spark task: rows of features, label and stretch in, an artifact out. */
record NetworkTask(
    NetworkFit fit, Standardisation standardisation, long seed, Checkpoint checkpoint)
    implements FlatMapFunction2<Iterator<Row>, Iterator<Row>, byte[]> {

  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<byte[]> call(Iterator<Row> train, Iterator<Row> validation) {
    Network network = network(windows(train), windows(validation));
    try {
      return List.of(NetworkModel.artifact(fit.architecture(), standardisation, network))
          .iterator();
    } finally {
      network.close();
    }
  }

  private Network network(Windows train, Windows validation) {
    Watcher watcher = (progress, state) -> checkpoint.keep(progress, () -> state.get().bytes());
    return checkpoint
        .last()
        .map(state -> fit.resume(train, validation, FitState.of(state), watcher))
        .orElseGet(() -> fit.fitWithStates(train, validation, seed, watcher));
  }

  private Windows windows(Iterator<Row> rows) {
    WindowRows windows = new WindowRows(standardisation, fit.architecture().steps());
    int stretch = 0;
    for (boolean isFirst = true; rows.hasNext(); isFirst = false) {
      Row row = rows.next();
      List<Float> values = row.getList(0);
      float[] features = new float[values.size()];
      for (int j = 0; j < features.length; j++) {
        features[j] = values.get(j);
      }
      if (isFirst || row.getInt(2) != stretch) {
        stretch = row.getInt(2);
        windows.begin();
      }
      windows.add(features, (int) row.getDouble(1));
    }
    return windows.windows();
  }
}
