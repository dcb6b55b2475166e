package io.depthcast.jobs.audit;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What one check found.
 *
 * @param label the label, or {@code *}
 * @param fold the fold, or -1
 * @param subject model or feature, or {@code *}
 * @param value what was measured, NaN if nothing could be
 * @param bound what it was held against
 * @param detail in words
 */
record Finding(
    Check check,
    String label,
    int fold,
    String subject,
    double value,
    double bound,
    boolean passed,
    String detail) {

  /** A row of {@code gold.audit}. */
  Row row(String planId) {
    return RowFactory.create(
        planId,
        check.text(),
        label,
        fold,
        subject,
        Double.isFinite(value) ? value : null,
        Double.isFinite(bound) ? bound : null,
        passed,
        detail);
  }
}
