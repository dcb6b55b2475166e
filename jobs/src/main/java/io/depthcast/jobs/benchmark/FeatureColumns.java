package io.depthcast.jobs.benchmark;

import io.depthcast.book.BookBatch;
import io.depthcast.features.Feature;
import io.depthcast.features.FeatureSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Computes the features of one session after the other into columns of all rows. */
final class FeatureColumns {

  /**
   * Prices that say where the market stands, not where it goes, and what trees cannot tell from the
   * volatility.
   */
  private static final Pattern LEFT_OUT =
      Pattern.compile("microprice|vwap_.*|fair_value_\\d+|realized_variance_.*|bipower_.*");

  private final FeatureSet set;
  private final List<Integer> kept = new ArrayList<>();
  private final Columns columns;

  FeatureColumns(FeatureSet set, int rows) {
    this.set = set;
    List<Feature> all = set.columns();
    List<String> names = new ArrayList<>();
    for (int j = 0; j < all.size(); j++) {
      if (!LEFT_OUT.matcher(all.get(j).name()).matches()) {
        kept.add(j);
        names.add(all.get(j).name());
      }
    }
    columns = Columns.empty(names, rows);
  }

  /**
   * Computes a session.
   *
   * @param session all its rows
   * @param first where they stand among all rows
   */
  void compute(BookBatch session, int first) {
    double[][] out = new double[set.columns().size()][session.rows];
    set.start().compute(session, out);
    for (int k = 0; k < kept.size(); k++) {
      double[] values = out[kept.get(k)];
      for (int i = 0; i < session.rows; i++) {
        columns.set(first + i, k, values[i]);
      }
    }
  }

  Columns columns() {
    return columns;
  }

  /** Names of the protocol's features F in a book of so many levels. */
  List<String> namesF(int levels) {
    Pattern features =
        Pattern.compile(
            "queue_imbalance_1|depth_imbalance_"
                + levels
                + "|spread_bps|ofi_\\d+_(10|50)e|mid_return_(1|2|5|10|20|50)e");
    return columns.names().stream().filter(features.asMatchPredicate()).toList();
  }
}
