package io.depthcast.feed.coinbase;

import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;
import java.util.Arrays;

/**
 * What one line says, read into fields that are used again for the next. Its parts are what may
 * give a row each; a part is a range of entries: the levels of a snapshot or an update, or one
 * trade.
 */
final class Message {

  enum Kind {
    /** Has parts, or trades made before the subscription. */
    OURS,
    HEARTBEAT,
    SUBSCRIPTIONS,
    OTHER_PRODUCT,
    OTHER
  }

  enum Part {
    SNAPSHOT,
    UPDATE,
    TRADE
  }

  static final long NONE = Long.MIN_VALUE;

  Kind kind;

  /** Nanoseconds UTC, or {@link BookBatch#NO_TIME}. */
  long tsRecv;

  /** When the venue sent it, nanoseconds UTC, or {@link BookBatch#NO_TIME}. */
  long time;

  /** Number in its connection, or {@link #NONE}. */
  long sequence;

  /** Number of the heartbeat, or {@link #NONE}. */
  long heartbeat;

  /** Largest id of trades made before the subscription, or {@link #NONE}. */
  long earlierTrade;

  int parts;
  Part[] part = new Part[4];

  /** After the last entry of each part. */
  int[] partEnd = new int[4];

  int entries;

  /** Trade id. */
  long[] id = new long[64];

  /** The venue's time of the change, nanoseconds UTC, or {@link BookBatch#NO_TIME}. */
  long[] stamp = new long[64];

  Side[] side = new Side[64];
  double[] price = new double[64];
  double[] size = new double[64];

  void clear() {
    kind = Kind.OTHER;
    tsRecv = BookBatch.NO_TIME;
    time = BookBatch.NO_TIME;
    sequence = NONE;
    heartbeat = NONE;
    earlierTrade = NONE;
    parts = 0;
    entries = 0;
  }

  void addEntry(
      long entryId, long entryStamp, Side entrySide, double entryPrice, double entrySize) {
    if (entries == id.length) {
      int capacity = 2 * entries;
      id = Arrays.copyOf(id, capacity);
      stamp = Arrays.copyOf(stamp, capacity);
      side = Arrays.copyOf(side, capacity);
      price = Arrays.copyOf(price, capacity);
      size = Arrays.copyOf(size, capacity);
    }
    id[entries] = entryId;
    stamp[entries] = entryStamp;
    side[entries] = entrySide;
    price[entries] = entryPrice;
    size[entries++] = entrySize;
  }

  /** Makes a part of the entries since the last. */
  void endPart(Part newPart) {
    endPart(newPart, entries);
  }

  /** Makes each entry since the last part a trade, in the order of their ids. */
  void endTrades() {
    int from = begin(parts);
    for (int i = from + 1; i < entries; i++) {
      for (int j = i; j > from && id[j] < id[j - 1]; j--) {
        swap(j, j - 1);
      }
    }
    for (int i = from; i < entries; i++) {
      endPart(Part.TRADE, i + 1);
    }
  }

  private void endPart(Part newPart, int end) {
    if (parts == part.length) {
      part = Arrays.copyOf(part, 2 * parts);
      partEnd = Arrays.copyOf(partEnd, 2 * parts);
    }
    part[parts] = newPart;
    partEnd[parts++] = end;
  }

  private void swap(int i, int j) {
    long swapId = id[i];
    id[i] = id[j];
    id[j] = swapId;
    long swapStamp = stamp[i];
    stamp[i] = stamp[j];
    stamp[j] = swapStamp;
    Side swapSide = side[i];
    side[i] = side[j];
    side[j] = swapSide;
    double swapPrice = price[i];
    price[i] = price[j];
    price[j] = swapPrice;
    double swapSize = size[i];
    size[i] = size[j];
    size[j] = swapSize;
  }

  /** First entry of a part. */
  int begin(int of) {
    return of == 0 ? 0 : partEnd[of - 1];
  }

  /** The latest stamp of a part. */
  long stamp(int of) {
    long latest = BookBatch.NO_TIME;
    for (int i = begin(of); i < partEnd[of]; i++) {
      latest = Math.max(latest, stamp[i]);
    }
    return latest;
  }
}
