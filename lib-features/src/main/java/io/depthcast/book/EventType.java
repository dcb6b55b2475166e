package io.depthcast.book;

import java.util.Locale;

/** What happened to the book; the closed list of {@code event_type}. */
public enum EventType {
  /** The whole visible book at once. */
  SNAPSHOT,
  /** A new limit order. */
  ADD,
  /** Part of a resting order is withdrawn. */
  CANCEL,
  /** All of a resting order is withdrawn. */
  DELETE,
  /** A visible resting order is executed. */
  TRADE,
  /** A hidden resting order is executed; the visible book does not change. */
  HIDDEN_TRADE,
  /** An auction trade; the visible book does not change. */
  CROSS,
  /** A trading halt begins, quoting resumes or trading resumes. */
  HALT,
  /** Several levels change at once; a row of the book, made of several events. */
  UPDATE;

  /** Name in the tables: the constant in lower case. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
