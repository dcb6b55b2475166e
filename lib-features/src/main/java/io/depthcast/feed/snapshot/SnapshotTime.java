package io.depthcast.feed.snapshot;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Which columns of a table say when a row was taken, and how. */
public sealed interface SnapshotTime extends Serializable
    permits EpochTime, TextTime, DayNumberTime {

  /** The columns, in the order of {@link SnapshotRow#texts}. */
  List<String> columns();

  /** Where the days of the table begin at midnight. */
  ZoneId zone();

  /** What a time has to look like, for messages. */
  String form();

  /** A reading of its own for one table. */
  Reading reading();

  /** Reads the times of a table. */
  @FunctionalInterface
  interface Reading {

    /**
     * Nanoseconds since 1970-01-01 UTC.
     *
     * @throws java.time.DateTimeException if the texts are no time, or
     * @throws ArithmeticException if it is no whole nanosecond from 1677 to 2262, or
     * @throws NumberFormatException if they are no number
     */
    long nanos(String[] texts);
  }

  /** Nanoseconds since 1970-01-01 UTC. */
  static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
