package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The families that are computed together, in the order of their columns.
 *
 * @param families at least one; no column may come from two of them
 */
public record FeatureSet(List<FeatureFamily> families) implements Serializable {

  public FeatureSet {
    families = List.copyOf(families);
    if (families.isEmpty()) {
      throw new IllegalArgumentException("Invalid families: none (must be at least one)");
    }
    Set<String> names = new HashSet<>();
    for (FeatureFamily family : families) {
      for (Feature feature : family.produces()) {
        if (!names.add(feature.name())) {
          throw new IllegalArgumentException(
              "Invalid families: column " + feature.name() + " is produced twice");
        }
      }
    }
  }

  /** The columns of all families, in order. */
  public List<Feature> columns() {
    return families.stream().flatMap(family -> family.produces().stream()).toList();
  }

  /** Book levels a side that a batch must have. */
  public int levels() {
    return families.stream().mapToInt(FeatureFamily::levels).max().orElseThrow();
  }

  /** Whether a batch must hold the events of its rows. */
  public boolean readsEvents() {
    return families.stream().anyMatch(FeatureFamily::readsEvents);
  }

  /**
   * The longest look-back in rows. A slice can be cut into blocks that are computed apart: a run
   * that begins this many rows before a block, and at a row that is {@link #warmupNanos()} older
   * than the block's first, gives the block's rows to the last bit.
   */
  public int warmupEvents() {
    return families.stream().mapToInt(FeatureFamily::warmupEvents).max().orElseThrow();
  }

  /** The longest look-back in time, nanoseconds. */
  public long warmupNanos() {
    return families.stream().mapToLong(FeatureFamily::warmupNanos).max().orElseThrow();
  }

  /**
   * Names the set by what it computes: the first 16 hexadecimal digits of the SHA-256 of the
   * families and their parameters, one line each, in order, such as {@code
   * OrderFlowImbalance(levels=10,window=50e)}. Sets in another order have another id.
   */
  public String id() {
    StringBuilder text = new StringBuilder();
    for (FeatureFamily family : families) {
      text.append(canonical(family)).append('\n');
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Record.toString would do, but its format is not promised. */
  private static String canonical(FeatureFamily family) {
    List<String> parameters = new ArrayList<>();
    for (RecordComponent component : family.getClass().getRecordComponents()) {
      try {
        parameters.add(component.getName() + "=" + component.getAccessor().invoke(family));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Record accessors are public and do not throw", e);
      }
    }
    return family.getClass().getSimpleName() + "(" + String.join(",", parameters) + ")";
  }

  /** Fresh running state for one slice, or for one block of it. */
  public Run start() {
    return new Run(this);
  }

  /** The running computation of the set. Not for use by several threads. */
  public static final class Run {

    private final List<FeatureFamily> families;
    private final int levels;
    private final int columns;
    private final FeatureKernel[] kernels;

    /** By family: its columns among those of the caller, filled anew in each call. */
    private final double[][][] views;

    /** By row: clean rows of this run right before it; -1 where the row itself is suspect. */
    private long[] cleanBefore = {};

    /** By row: time since the first of those rows, or 0; nanoseconds. */
    private long[] cleanNanos = {};

    private long cleanBeforeLast = -1;
    private long cleanSince;
    private long nextSeq = -1;

    private Run(FeatureSet set) {
      families = set.families();
      levels = set.levels();
      columns = set.columns().size();
      kernels = new FeatureKernel[families.size()];
      views = new double[families.size()][][];
      for (int f = 0; f < kernels.length; f++) {
        kernels[f] = families.get(f).kernel();
        views[f] = new double[families.get(f).produces().size()][];
      }
    }

    /**
     * Computes the next rows. A value is NaN where its formula is undefined, in suspect rows, and
     * where its look-back holds a suspect row or begins before the first row of this run.
     *
     * @param batch rows that follow those of the call before
     * @param out one array a column of {@link FeatureSet#columns()}, each at least {@code
     *     batch.rows} long; rows {@code 0 .. batch.rows - 1} are overwritten
     * @throws IllegalArgumentException if rows are missing between the calls, or the batch has too
     *     few levels, or {@code out} has another number of columns
     */
    public void compute(BookBatch batch, double[][] out) {
      if (batch.rows == 0) {
        return;
      }
      check(batch, out);
      countCleanRows(batch);
      int column = 0;
      for (int f = 0; f < kernels.length; f++) {
        double[][] view = views[f];
        System.arraycopy(out, column, view, 0, view.length);
        column += view.length;
        kernels[f].compute(batch, view);
        for (double[] values : view) {
          blank(values, batch.rows, families.get(f));
        }
      }
    }

    private void check(BookBatch batch, double[][] out) {
      if (batch.levels < levels) {
        throw new IllegalArgumentException(
            "Invalid batch: " + batch.levels + " levels (the features need " + levels + ")");
      }
      if (out.length != columns) {
        throw new IllegalArgumentException(
            "Invalid out: " + out.length + " columns (the features have " + columns + ")");
      }
      if (nextSeq >= 0 && batch.seq[0] != nextSeq) {
        throw new IllegalArgumentException(
            "Invalid batch: begins with seq " + batch.seq[0] + " (must be " + nextSeq + ")");
      }
      nextSeq = batch.seq[0] + batch.rows;
    }

    private void countCleanRows(BookBatch batch) {
      if (cleanBefore.length < batch.rows) {
        cleanBefore = new long[batch.capacity];
        cleanNanos = new long[batch.capacity];
      }
      for (int i = 0; i < batch.rows; i++) {
        cleanBeforeLast = batch.suspect[i] ? -1 : cleanBeforeLast + 1;
        if (cleanBeforeLast <= 0) {
          cleanSince = batch.tsEvent[i];
        }
        cleanBefore[i] = cleanBeforeLast;
        cleanNanos[i] = batch.tsEvent[i] - cleanSince;
      }
    }

    private void blank(double[] values, int rows, FeatureFamily family) {
      int warmupEvents = family.warmupEvents();
      long warmupNanos = family.warmupNanos();
      for (int i = 0; i < rows; i++) {
        if (cleanBefore[i] < warmupEvents
            || cleanNanos[i] < warmupNanos
            || Double.isInfinite(values[i])) {
          values[i] = Double.NaN;
        }
      }
    }
  }
}
