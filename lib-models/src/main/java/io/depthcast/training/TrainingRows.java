package io.depthcast.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.depthcast.models.MoveClass;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a fit, checked and counted.
 *
 * <p>Columns: {@value #FEATURES} {@code array<float>}, of one length, each value finite or NaN
 * where it is missing; {@value #LABEL} double, 0 down, 1 flat, 2 up; {@value #LAST_CLASS} int, the
 * class of the newest label that had ended by the row's time, -1 if none. Nothing is null. One
 * partition, in the order of events.
 *
 * <p>A trainer that needs the rows before a row gets these as well, with {@value #STRETCH} int:
 * rows of one number follow each other without a gap, in one session of one instrument. Those that
 * are there as history only have the label -1.
 *
 * @param rows the rows as given
 * @param counts how often each class occurs
 */
public record TrainingRows(Dataset<Row> rows, ClassCounts counts) {
  public static final String FEATURES = "features";
  public static final String LABEL = "label";
  public static final String LAST_CLASS = "last_class";

  public static final String STRETCH = "stretch";

  /** Added by {@link #weighted}: double, the row's weight in the loss. */
  public static final String WEIGHT = "weight";

  /**
   * Reads the rows once.
   *
   * @throws IllegalArgumentException for more than one partition, no rows, or a label or last class
   *     out of range
   */
  public static TrainingRows of(Dataset<Row> train) {
    checkPartition(train, "training");
    List<ClassCounts> counted =
        train
            .select(col(LABEL), col(LAST_CLASS))
            .toJavaRDD()
            .mapPartitions(TrainingRows::count)
            .collect();
    if (counted.isEmpty() || counted.get(0).rows() == 0) {
      throw new IllegalArgumentException("Invalid training rows: none (must be 1 or more)");
    }
    return new TrainingRows(train, counted.get(0));
  }

  /** Refuses rows in more than one partition: their order would depend on the cluster. */
  public static void checkPartition(Dataset<Row> rows, String name) {
    int partitions = rows.rdd().getNumPartitions();
    if (partitions > 1) {
      throw new IllegalArgumentException(
          "Invalid "
              + name
              + " rows: "
              + partitions
              + " partitions (must be 1: repartition(1), then sortWithinPartitions)");
    }
  }

  /**
   * Adds the column {@value #WEIGHT} to rows.
   *
   * @param balanced whether the classes of the training rows get the same say, by {@link
   *     ClassCounts#balancedWeight}; else each row weighs 1
   */
  public Dataset<Row> weighted(Dataset<Row> some, boolean balanced) {
    Column weight =
        balanced
            ? when(col(LABEL).equalTo(MoveClass.DOWN), counts.balancedWeight(MoveClass.DOWN))
                .when(col(LABEL).equalTo(MoveClass.FLAT), counts.balancedWeight(MoveClass.FLAT))
                .otherwise(counts.balancedWeight(MoveClass.UP))
            : lit(1.0);
    return some.withColumn(WEIGHT, weight);
  }

  private static Iterator<ClassCounts> count(Iterator<Row> rows) {
    ClassCounts counts = new ClassCounts();
    for (long n = 0; rows.hasNext(); n++) {
      Row row = rows.next();
      double label = row.getDouble(0);
      int last = row.getInt(1);
      if (label != MoveClass.DOWN && label != MoveClass.FLAT && label != MoveClass.UP) {
        throw new IllegalArgumentException(
            "Invalid label in row " + n + ": " + label + " (must be 0, 1 or 2)");
      }
      if (last < MoveClass.UNKNOWN || last > MoveClass.UP) {
        throw new IllegalArgumentException(
            "Invalid last_class in row " + n + ": " + last + " (must be -1 to 2)");
      }
      counts.add(last, (int) label);
    }
    return List.of(counts).iterator();
  }
}
