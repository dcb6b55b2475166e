package io.depthcast.jobs.ingest;

import io.depthcast.feed.snapshot.GivenLabel;
import io.depthcast.feed.snapshot.GivenLabelSink;
import io.depthcast.jobs.columns.ArrayVector;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.SliceFiles;
import io.depthcast.jobs.table.Tables;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/** Collects the labels that come with a table and writes them beside its rows. */
final class GivenLabels implements GivenLabelSink {

  private final List<GivenLabel> labels;
  private final UTF8String[] names;
  private final SliceFiles out;
  private long[] seq = new long[1024];
  private long[] tsEvent = new long[1024];
  private byte[] label = new byte[1024];
  private long[] horizon = new long[1024];
  private int[] direction = new int[1024];
  private long[] tsLabelEnd = new long[1024];
  private int rows;

  GivenLabels(List<GivenLabel> labels, SliceFiles out) {
    this.labels = labels;
    this.out = out;
    names =
        labels.stream()
            .map(each -> UTF8String.fromString(each.column()))
            .toArray(UTF8String[]::new);
  }

  @Override
  public void label(int of, long atSeq, long atTsEvent, int moved, long tsEnd) {
    if (rows == seq.length) {
      grow();
    }
    seq[rows] = atSeq;
    tsEvent[rows] = atTsEvent;
    label[rows] = (byte) of;
    horizon[rows] = labels.get(of).horizonRows();
    direction[rows] = moved;
    tsLabelEnd[rows] = tsEnd;
    rows++;
  }

  private void grow() {
    int capacity = 2 * rows;
    seq = Arrays.copyOf(seq, capacity);
    tsEvent = Arrays.copyOf(tsEvent, capacity);
    label = Arrays.copyOf(label, capacity);
    horizon = Arrays.copyOf(horizon, capacity);
    direction = Arrays.copyOf(direction, capacity);
    tsLabelEnd = Arrays.copyOf(tsLabelEnd, capacity);
  }

  /** Forgets what has come since the last call. */
  void drop() {
    rows = 0;
  }

  /** Writes what has come since the last call. */
  void write(Slice slice) throws IOException {
    out.write(
        Tables.GIVEN_LABELS,
        slice.columns(
            ArrayVector.longs(seq, Long.MIN_VALUE),
            ArrayVector.longs(tsEvent, Long.MIN_VALUE),
            ArrayVector.words(label, names),
            ArrayVector.longs(horizon, Long.MIN_VALUE),
            ArrayVector.ints(direction, Integer.MIN_VALUE),
            ArrayVector.longs(tsLabelEnd, Long.MIN_VALUE)),
        rows);
    rows = 0;
  }
}
