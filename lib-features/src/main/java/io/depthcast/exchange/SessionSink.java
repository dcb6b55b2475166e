package io.depthcast.exchange;

import io.depthcast.book.L3Book;
import java.io.IOException;

/** Is told all that happens in a session. Prices in the book are ticks. */
public interface SessionSink {

  /** The session begins with this book. */
  default void open(long nanos, L3Book book) throws IOException {}

  /** Time goes on to that of the next event; the book is still as before. */
  default void advance(long nanos, L3Book book) throws IOException {}

  /** Something happened; the book is as after it. */
  void take(OrderEvent event, L3Book book) throws IOException;

  /** The reference price has moved; told after the events of the move. */
  default void take(PriceMove move) throws IOException {}

  /** The session ends. */
  default void close(long nanos, L3Book book) throws IOException {}
}
