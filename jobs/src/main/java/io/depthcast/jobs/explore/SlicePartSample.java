package io.depthcast.jobs.explore;

import io.depthcast.jobs.table.Slice;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one file of the features or of the labels says of a slice.
 *
 * @param slice venue, symbol and trade date
 * @param firstSeq first row in the file, by which the parts of a slice are put in order
 * @param featureSetIds the sets that the rows are of; empty for a part of the labels
 * @param columns by name of the feature or the label
 * @param reaches by label, the most rows from a sampled row to the last that its label looks at
 */
record SlicePartSample(
    Slice slice,
    long firstSeq,
    Set<String> featureSetIds,
    Map<String, SampledColumn> columns,
    Map<String, Long> reaches)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  SlicePartSample(Slice slice, long firstSeq) {
    this(slice, firstSeq, new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
  }
}
