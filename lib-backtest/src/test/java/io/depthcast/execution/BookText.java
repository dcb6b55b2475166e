package io.depthcast.execution;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * A slice typed as a table: microseconds, bids and asks best first as {@code size@price}, and the
 * probabilities of a rise and a fall. {@code !} after the time marks a suspect row, {@code -} an
 * empty side or a row without a forecast.
 *
 * <pre>
 * 0   | 5@9.98 20@9.97 | 5@10.00 | .9 .1
 * 10! | 5@9.98         | -       | -
 * </pre>
 */
final class BookText {

  private final BookBatch batch;
  private final double[] pUp;
  private final double[] pDown;

  BookText(BookBatch batch, double[] pUp, double[] pDown) {
    this.batch = batch;
    this.pUp = pUp;
    this.pDown = pDown;
  }

  BookBatch batch() {
    return batch;
  }

  double[] pUp() {
    return pUp;
  }

  double[] pDown() {
    return pDown;
  }

  static BookText of(int levels, String table) {
    List<String> lines = table.lines().filter(line -> !line.isBlank()).toList();
    BookBatch batch = new BookBatch(Math.max(1, lines.size()), levels);
    batch.rows = lines.size();
    double[] pUp = new double[batch.rows];
    double[] pDown = new double[batch.rows];
    for (int row = 0; row < batch.rows; row++) {
      String[] cells = lines.get(row).split("\\|", -1);
      String time = cells[0].strip();
      batch.seq[row] = row + 1L;
      batch.suspect[row] = time.endsWith("!");
      batch.tsEvent[row] = Long.parseLong(time.replace("!", "")) * 1000;
      side(cells[1], batch.bidPrice, batch.bidSize, row);
      side(cells[2], batch.askPrice, batch.askSize, row);
      String[] forecast = cells[3].strip().split(" +", -1);
      boolean none = forecast[0].equals("-");
      pUp[row] = none ? Double.NaN : Double.parseDouble(forecast[0]);
      pDown[row] = none ? Double.NaN : Double.parseDouble(forecast[1]);
    }
    return new BookText(batch, pUp, pDown);
  }

  private static void side(String cell, double[][] prices, double[][] sizes, int row) {
    String[] quotes = cell.strip().equals("-") ? new String[0] : cell.strip().split(" +", -1);
    for (int level = 0; level < prices.length; level++) {
      boolean empty = level >= quotes.length;
      String[] quote = empty ? new String[] {"NaN", "NaN"} : quotes[level].split("@", -1);
      sizes[level][row] = Double.parseDouble(quote[0]);
      prices[level][row] = Double.parseDouble(quote[1]);
    }
  }
}
