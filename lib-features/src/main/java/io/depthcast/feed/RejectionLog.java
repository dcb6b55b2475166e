package io.depthcast.feed;

import io.depthcast.feed.FeedReader.Dated;
import io.depthcast.quality.DataContractException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines left out by a reader, up to 100000, each with the trading day of the rows around it. */
public final class RejectionLog {

  private static final int MOST = 100_000;
  private static final int MOST_PAYLOAD_BYTES = 1_000;

  private final List<Dated<RejectedRow>> rows = new ArrayList<>();

  /** Lines before the first row of the session, which has yet to say the day. */
  private final List<RejectedRow> undated = new ArrayList<>();

  private LocalDate day;

  /** Begins a day; the first also takes the lines rejected before it. */
  public void beginDay(LocalDate newDay) {
    day = newDay;
    for (RejectedRow row : undated) {
      rows.add(new Dated<>(day, row));
    }
    undated.clear();
  }

  /**
   * Keeps the present line, cut after 1000 bytes.
   *
   * @throws DataContractException if it is one more than 100000
   */
  public void add(LineReader line, String reason) {
    add(line.name(), line.lineNo(), reason, line.text(MOST_PAYLOAD_BYTES));
  }

  /**
   * Keeps a row of a table, cut after 1000 characters.
   *
   * @throws DataContractException if it is one more than 100000
   */
  public void add(String sourceFile, long lineNo, String reason, String payload) {
    String kept = payload.substring(0, Math.min(payload.length(), MOST_PAYLOAD_BYTES));
    RejectedRow row = new RejectedRow(sourceFile, lineNo, reason, kept);
    if (day == null) {
      undated.add(row);
    } else {
      rows.add(new Dated<>(day, row));
    }
    if (count() > MOST) {
      throw refused(count(), "and no session may have more than " + MOST + "; fix the file");
    }
  }

  /** Lines rejected so far. */
  public int count() {
    return rows.size() + undated.size();
  }

  /**
   * Checks the share at the end of the session.
   *
   * @param lines lines read, good or bad
   * @throws DataContractException if more were rejected
   */
  public void requireShare(long lines, double maxRejectedShare) {
    if (count() > maxRejectedShare * lines) {
      throw refused(
          lines, "more than maxRejectedShare allows; fix the file or raise maxRejectedShare");
    }
  }

  private DataContractException refused(long lines, String what) {
    RejectedRow first = rows.isEmpty() ? undated.get(0) : rows.get(0).value();
    return new DataContractException(
        String.format(
            Locale.ROOT,
            "%s line %d: %s; %d of %d lines rejected, %s",
            first.sourceFile(),
            first.lineNo(),
            first.reason(),
            count(),
            lines,
            what));
  }

  /** Lines rejected so far, but for those before the first row, in the order of the session. */
  public List<Dated<RejectedRow>> rows() {
    return List.copyOf(rows);
  }
}
