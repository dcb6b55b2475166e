package io.depthcast.features;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a feature looks back, in rows or in the venue's time; written {@code 50e} or {@code
 * 500ms}, in configurations as in the names of columns.
 *
 * <p>{@code 50e} holds row n and the 49 rows before it. {@code 500ms} holds row n and the rows
 * before it that are later than its time less 500 ms; all rows of one instant that come after row n
 * are not in it.
 *
 * @param length 1 to 1000000 rows, or 1 to 86400000 milliseconds
 */
public record Window(int length, Unit unit) implements Serializable {

  /** What the length counts. */
  public enum Unit {
    EVENTS("e", 1_000_000),
    MILLISECONDS("ms", 86_400_000);

    private final String suffix;
    private final int most;

    Unit(String suffix, int most) {
      this.suffix = suffix;
      this.most = most;
    }
  }

  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,8})(e|ms)");

  public Window {
    if (length < 1 || length > unit.most) {
      throw new IllegalArgumentException(
          "Invalid window: " + length + unit.suffix + " (must be 1 to " + unit.most + ")");
    }
  }

  public static Window events(int events) {
    return new Window(events, Unit.EVENTS);
  }

  public static Window milliseconds(int milliseconds) {
    return new Window(milliseconds, Unit.MILLISECONDS);
  }

  /**
   * @param text such as {@code 50e} or {@code 500ms}
   * @throws IllegalArgumentException if it is neither
   */
  public static Window of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Invalid window: '" + text + "' (must be events such as 50e or time such as 500ms)");
    }
    Unit unit = matcher.group(2).equals("e") ? Unit.EVENTS : Unit.MILLISECONDS;
    return new Window(Integer.parseInt(matcher.group(1)), unit);
  }

  /** {@code 50e} or {@code 500ms}. */
  @Override
  public String toString() {
    return length + unit.suffix;
  }

  /** The window in words, {@code the last 50 rows} or {@code the last 500 ms}. */
  public String words() {
    return isTime() ? "the last " + length + " ms" : "the last " + length + " rows";
  }

  public boolean isTime() {
    return unit == Unit.MILLISECONDS;
  }

  /** Length in nanoseconds; 0 for a window of rows. */
  public long nanos() {
    return isTime() ? length * 1_000_000L : 0;
  }

  /** Length in rows; 0 for a window of time. */
  public int rows() {
    return isTime() ? 0 : length;
  }

  /** Fresh sums over the window. */
  public WindowSum sum() {
    return isTime() ? new TimeWindowSum(nanos()) : new EventWindowSum(length);
  }

  /** Fresh largest values of the window. */
  public WindowMax max() {
    return new WindowMax(this);
  }

  /** Fresh values from where the window begins. */
  public WindowStart start() {
    return new WindowStart(this);
  }
}
