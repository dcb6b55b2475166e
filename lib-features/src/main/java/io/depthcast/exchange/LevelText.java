package io.depthcast.exchange;

import io.depthcast.book.L3Book;
import io.depthcast.book.Side;

/** Levels as the venues write them, {@code ["25.0100","0.300"]}, in a text that is used again. */
final class LevelText {

  private final Instrument instrument;
  private final StringBuilder text;

  LevelText(Instrument instrument, StringBuilder text) {
    this.instrument = instrument;
    this.text = text;
  }

  /** Appends all levels of a side in brackets, the best first. */
  void book(Side side, L3Book book) {
    text.append('[');
    for (int level = 0; level < book.depth(side); level++) {
      text.append(level == 0 ? "" : ",");
      pair("", (int) book.price(side, level), (long) book.size(side, level));
    }
    text.append(']');
  }

  /** Appends what the levels of a batch have come to, without brackets around them. */
  void changes(String prefix, Side side, LevelBatch batch, L3Book book) {
    boolean first = true;
    for (int ticks : batch.levels(side)) {
      text.append(first ? "" : ",");
      pair(prefix, ticks, (long) book.sizeAt(side, ticks));
      first = false;
    }
  }

  /**
   * Appends one level in brackets.
   *
   * @param prefix what stands before the price
   */
  void pair(String prefix, int ticks, long size) {
    text.append('[').append(prefix).append('"');
    price(ticks);
    text.append("\",\"");
    size(size);
    text.append("\"]");
  }

  void price(int ticks) {
    FixedPoint.append(text, instrument.price(ticks), Instrument.PRICE_DECIMALS);
  }

  void size(long size) {
    FixedPoint.append(text, size, Instrument.SIZE_DECIMALS);
  }
}
