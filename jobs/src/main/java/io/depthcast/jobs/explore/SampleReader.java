package io.depthcast.jobs.explore;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import io.depthcast.jobs.table.RowStream;
import io.depthcast.jobs.table.Slice;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads features and labels, file by file, in memory that holds the sample only.
 *
 * @param grids which rows of each slice are sampled
 * @param features names of the feature columns
 * @param labels names of the labels
 */
record SampleReader(Map<Slice, SampleGrid> grids, List<String> features, List<String> labels)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Where the columns behind the key begin: venue, symbol, trade date, seq. */
  private static final int REST = 4;

  /** A part for each slice in each file of a table of features. */
  JavaRDD<SlicePartSample> features(Dataset<Row> table) {
    List<Column> columns = key();
    columns.add(col("feature_set_id"));
    features.forEach(name -> columns.add(col(name)));
    return RowStream.toObjects(
        table.select(columns.toArray(Column[]::new)),
        rows -> {
          Parts parts = new Parts();
          SampledColumn[] at = {};
          UTF8String set = null;
          while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (parts.moveTo(row)) {
              at = features.stream().map(name -> parts.column(name)).toArray(SampledColumn[]::new);
              set = null;
            }
            if (!row.getUTF8String(REST).equals(set)) {
              set = row.getUTF8String(REST).clone();
              parts.part.featureSetIds().add(set.toString());
            }
            long seq = row.getLong(REST - 1);
            boolean sampled = parts.grid.has(seq);
            for (int c = 0; c < at.length; c++) {
              int ordinal = REST + 1 + c;
              double value = row.isNullAt(ordinal) ? Double.NaN : row.getDouble(ordinal);
              if (sampled) {
                at[c].add(value, parts.grid.place(seq));
              } else {
                at[c].add(value);
              }
            }
          }
          return parts.iterator();
        });
  }

  /**
   * A part for each slice in each file of the labels; a label's value is a move or an imbalance.
   */
  JavaRDD<SlicePartSample> labels(Dataset<Row> table) {
    List<Column> columns = key();
    columns.add(col("label_id"));
    columns.add(coalesce(col("move_bps"), col("imbalance")));
    columns.add(col("seq_label_end"));
    return RowStream.toObjects(
        table.where(col("label_id").isin(labels.toArray())).select(columns.toArray(Column[]::new)),
        rows -> {
          Parts parts = new Parts();
          SampledColumn at = null;
          UTF8String label = null;
          while (rows.hasNext()) {
            InternalRow row = rows.next();
            boolean moved = parts.moveTo(row);
            if (at == null || moved || !row.getUTF8String(REST).equals(label)) {
              label = row.getUTF8String(REST).clone();
              at = parts.column(label.toString());
            }
            long seq = row.getLong(REST - 1);
            double value = row.isNullAt(REST + 1) ? Double.NaN : row.getDouble(REST + 1);
            if (!parts.grid.has(seq)) {
              at.add(value);
              continue;
            }
            at.add(value, parts.grid.place(seq));
            if (!Double.isNaN(value)) {
              parts.part.reaches().merge(label.toString(), row.getLong(REST + 2) - seq, Math::max);
            }
          }
          return parts.iterator();
        });
  }

  private static List<Column> key() {
    return new ArrayList<>(List.of(col("venue"), col("symbol"), col("trade_date"), col("seq")));
  }

  /** The parts of the slices of one file, and the one that the last row belongs to. */
  private final class Parts {
    private final Map<Slice, SlicePartSample> bySlice = new LinkedHashMap<>();
    private UTF8String venue;
    private UTF8String symbol;
    private int day;
    private SlicePartSample part;
    private SampleGrid grid;

    /** Goes to the slice of a row; answers whether it is another than before. */
    boolean moveTo(InternalRow row) {
      if (part != null
          && row.getInt(2) == day
          && row.getUTF8String(1).equals(symbol)
          && row.getUTF8String(0).equals(venue)) {
        return false;
      }
      venue = row.getUTF8String(0).clone();
      symbol = row.getUTF8String(1).clone();
      day = row.getInt(2);
      Slice slice = new Slice(venue.toString(), symbol.toString(), LocalDate.ofEpochDay(day));
      long seq = row.getLong(REST - 1);
      part = bySlice.computeIfAbsent(slice, s -> new SlicePartSample(s, seq));
      // A slice that has labels but no features is not looked at: its sample is empty.
      grid = grids.getOrDefault(slice, new SampleGrid(0, 1));
      return true;
    }

    SampledColumn column(String name) {
      return part.columns().computeIfAbsent(name, n -> new SampledColumn());
    }

    Iterator<SlicePartSample> iterator() {
      return bySlice.values().iterator();
    }
  }
}
