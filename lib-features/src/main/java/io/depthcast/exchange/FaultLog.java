package io.depthcast.exchange;

import io.depthcast.quality.SuspectWindow.Cause;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which rows of a capture are suspect because of the faults in it. */
final class FaultLog {

  private static final long NONE = Long.MIN_VALUE;

  private final List<InjectedFault> faults = new ArrayList<>();

  /** What makes the next row suspect, and only that. */
  private final Map<Cause, CaptureFault> nextRow = new EnumMap<>(Cause.class);

  private CaptureFault lostBy;

  /** The loss shows with any row, else with a depth update only. */
  private boolean showsAtOnce;

  private long lostFrom = NONE;

  /** The first row after the last update or snapshot that nothing is missing before. */
  private long sinceSound = NONE;

  private boolean heldBack;

  /** When the second connection told the book that has its row to come. */
  private long takenOver = NONE;

  private CaptureFault hiddenBy;
  private long hiddenFrom = NONE;
  private long lastRow;

  void nextRow(CaptureFault fault, Cause cause) {
    nextRow.put(cause, fault);
  }

  /** The book is lost until a good snapshot. */
  void lose(CaptureFault fault, boolean atOnce) {
    lostBy = fault;
    showsAtOnce = atOnce;
    lostFrom = NONE;
  }

  /** An update is held back: once it comes, too late, the rows since the last one are in doubt. */
  void holdBack() {
    heldBack = true;
  }

  /** It comes. */
  void comeLate(CaptureFault fault) {
    endHidden();
    heldBack = false;
    lostBy = fault;
    lostFrom = sinceSound;
  }

  /** The book is wrong until a good snapshot, and no reader can tell. */
  void hide(CaptureFault fault) {
    if (hiddenBy == null) {
      hiddenBy = fault;
    }
  }

  private void endHidden() {
    if (hiddenFrom != NONE) {
      faults.add(new InjectedFault(hiddenBy, null, hiddenFrom, lastRow));
    }
    hiddenBy = null;
    hiddenFrom = NONE;
  }

  /**
   * A row is written.
   *
   * @param isUpdate of the book: an update or a snapshot
   */
  void row(long recv, boolean isUpdate) {
    if (takenOver != NONE) {
      endGap(takenOver);
    }
    nextRow.forEach((cause, fault) -> faults.add(new InjectedFault(fault, cause, recv, recv)));
    nextRow.clear();
    if (sinceSound == NONE) {
      sinceSound = recv;
    }
    if (lostBy != null && lostFrom == NONE && (isUpdate || showsAtOnce)) {
      lostFrom = showsAtOnce ? recv : sinceSound;
    }
    if (hiddenBy != null && hiddenFrom == NONE) {
      hiddenFrom = recv;
    }
    if (isUpdate && lostBy == null && !heldBack) {
      sinceSound = NONE;
    }
    lastRow = recv;
  }

  /** The second connection shows that the book is right again. */
  void agree() {
    endGap(lastRow);
  }

  /** Its book, told at a time, takes over with a row of its own before the next. */
  void takeOver(long recv) {
    takenOver = recv;
  }

  private void endGap(long recvLast) {
    faults.add(new InjectedFault(lostBy, Cause.SEQUENCE_GAP, lostFrom, recvLast));
    lostBy = null;
    lostFrom = NONE;
    sinceSound = NONE;
    takenOver = NONE;
  }

  /** A good snapshot is about to be written. */
  void recover() {
    if (lostBy != null && lostFrom == NONE) {
      throw new IllegalStateException("A snapshot before the loss shows");
    }
    end();
    lostBy = null;
    lostFrom = NONE;
  }

  /** Ends with the capture what has not ended before. */
  void end() {
    endHidden();
    if (lostFrom != NONE) {
      faults.add(new InjectedFault(lostBy, Cause.SEQUENCE_GAP, lostFrom, lastRow));
    }
  }

  void add(CaptureFault fault, Cause cause, long recvFirst, long recvLast) {
    faults.add(new InjectedFault(fault, cause, recvFirst, recvLast));
  }

  long lastRow() {
    return lastRow;
  }

  List<InjectedFault> faults() {
    return List.copyOf(faults);
  }
}
