package io.depthcast.feed.snapshot;

import io.depthcast.feed.snapshot.SnapshotSessions.Break;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Tables typed as text, and what the tests know of the A-share files. */
final class SnapshotTable {

  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /** What {@code configs/sources/ashare.yaml} says. */
  static final SnapshotSource ASHARE =
      new SnapshotSource(
          "ashare",
          new SnapshotColumns(
              "sym", 5, "n_bid{level}", "n_bsize{level}", "n_ask{level}", "n_asize{level}"),
          new SnapshotUnits(1, 1, 1, 0, 0),
          new DayNumberTime("date", "time", "HH:mm:ss", SHANGHAI, LocalDate.of(2020, 1, 6)),
          new SnapshotSessions(
              10_000, List.of(new Break(LocalTime.of(11, 30), LocalTime.of(13, 0)))),
          List.of(
              new GivenLabel("label_5", 5, 0, 1, 2),
              new GivenLabel("label_10", 10, 0, 1, 2),
              new GivenLabel("label_20", 20, 0, 1, 2),
              new GivenLabel("label_40", 40, 0, 1, 2),
              new GivenLabel("label_60", 60, 0, 1, 2)),
          0.001);

  private SnapshotTable() {}

  /** A source of {@code day time, bid 1, bid 1 size, ..., ask 1, ..., labels}. */
  static SnapshotSource source(int levels, GivenLabel... labels) {
    return new SnapshotSource(
        "hand",
        new SnapshotColumns("sym", levels, "b{level}", "bs{level}", "a{level}", "as{level}"),
        new SnapshotUnits(1, 1, 1, 0, 0),
        ASHARE.time(),
        ASHARE.sessions(),
        List.of(labels),
        1);
  }

  /** Rows of a file, in one object that is used again. */
  static Iterator<SnapshotRow> rows(SnapshotSource source, String file, String... lines) {
    SnapshotRow row = new SnapshotRow(source);
    row.sourceFile = file;
    return Arrays.stream(lines).map(line -> fill(row, line)).iterator();
  }

  private static SnapshotRow fill(SnapshotRow row, String line) {
    String[] columns = line.trim().split("[ ,]+", -1);
    row.lineNo++;
    for (int i = 0; i < row.texts.length; i++) {
      row.texts[i] = columns[i].equals("-") ? null : columns[i];
    }
    for (int i = 0; i < row.numbers.length; i++) {
      String text = columns[row.texts.length + i];
      boolean isNumber = text.matches("[-+.\\dEe]*\\d|NaN|Infinity");
      row.numbers[i] = isNumber ? Double.parseDouble(text) : Double.NaN;
      row.notNumbers[i] = isNumber || text.equals("-") ? null : text;
    }
    return row;
  }

  /** Rows of several files, one after the other. */
  static Iterator<SnapshotRow> joined(List<Iterator<SnapshotRow>> files) {
    List<SnapshotRow> none = new ArrayList<>();
    Iterator<Iterator<SnapshotRow>> rest = files.iterator();
    return new Iterator<>() {
      private Iterator<SnapshotRow> file = none.iterator();

      @Override
      public boolean hasNext() {
        while (!file.hasNext() && rest.hasNext()) {
          file = rest.next();
        }
        return file.hasNext();
      }

      @Override
      public SnapshotRow next() {
        return file.next();
      }
    };
  }
}
