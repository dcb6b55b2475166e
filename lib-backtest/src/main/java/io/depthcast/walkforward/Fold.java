package io.depthcast.walkforward;

import java.io.Serializable;

/**
 * One fold of a walk-forward plan: three adjacent spans of time, each including its first and
 * excluding its last nanosecond.
 *
 * <pre>
 * trainFrom            validationFrom         testFrom            testTo
 *    |------- train -------|----- validation -----|------ test ------|
 * </pre>
 *
 * <p>A row is purged by the end of its label, never by counting rows: it may train only if its
 * label has ended more than the embargo before validation begins, and validate only if its label
 * has ended more than the embargo before the test begins (Lopez de Prado, Advances in Financial
 * Machine Learning, 2018, chapter 7). Rows after the test span have no role, so the look-back of
 * features after the test, which purged cross-validation must add to the label, cannot leak here.
 *
 * @param id 0, 1, 2 ... in order of time
 * @param trainFrom begin of training, nanoseconds UTC
 * @param validationFrom begin of validation; equal to {@code testFrom} where there is none
 * @param testFrom begin of the test
 * @param testTo end of the test, exclusive
 * @param embargoNs nanoseconds kept free between the last label and the span after it, &gt;= 0
 */
public record Fold(
    int id, long trainFrom, long validationFrom, long testFrom, long testTo, long embargoNs)
    implements Serializable {

  public Fold {
    if (id < 0) {
      throw new IllegalArgumentException("Invalid fold id: " + id + " (must be >= 0)");
    }
    if (embargoNs < 0) {
      throw new IllegalArgumentException(
          "Invalid embargoNs of fold " + id + ": " + embargoNs + " (must be >= 0)");
    }
    if (!(trainFrom < validationFrom && validationFrom <= testFrom && testFrom < testTo)) {
      throw new IllegalArgumentException(
          "Invalid fold %d: trainFrom %d < validationFrom %d <= testFrom %d < testTo %d must hold"
              .formatted(id, trainFrom, validationFrom, testFrom, testTo));
    }
  }

  /**
   * The role of a row.
   *
   * @param tsEvent time of the row, nanoseconds UTC
   * @param tsLabelEnd time of the last event that the label looks at, not before {@code tsEvent};
   *     {@code Long.MAX_VALUE} where the row has no label, which then neither trains nor validates
   */
  public Role role(long tsEvent, long tsLabelEnd) {
    if (tsLabelEnd < tsEvent) {
      throw new IllegalArgumentException(
          "Label ends at %d, before its row at %d (a row without a label takes Long.MAX_VALUE)"
              .formatted(tsLabelEnd, tsEvent));
    }
    if (tsEvent < trainFrom || tsEvent >= testTo) {
      return Role.NONE;
    }
    if (tsEvent >= testFrom) {
      return Role.TEST;
    }
    if (tsEvent >= validationFrom) {
      return tsLabelEnd < testFrom - embargoNs ? Role.VALIDATION : Role.NONE;
    }
    return tsLabelEnd < validationFrom - embargoNs ? Role.TRAIN : Role.NONE;
  }
}
