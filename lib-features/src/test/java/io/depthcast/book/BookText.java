package io.depthcast.book;

/**
 * Books typed as text in tests, a row a line: bid levels from the best down, a bar, ask levels from
 * the best up; each level a price and a size; {@code !} in front of a suspect row.
 *
 * <pre>
 *     100.00 5   99.99 7 | 100.02 3   100.03 1
 *   ! 100.00 5           |
 * </pre>
 */
public final class BookText {

  private BookText() {}

  /** The rows as one batch with seq 1, 2, 3 ... and times 1000, 2000, 3000 ... */
  public static BookBatch book(int levels, String text) {
    String[] lines = text.strip().split("\\R", -1);
    BookBatch book = new BookBatch(lines.length, levels);
    book.rows = lines.length;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      book.seq[i] = i + 1L;
      book.tsEvent[i] = 1000L * (i + 1);
      book.suspect[i] = line.startsWith("!");
      String[] sides = line.replace("!", "").split("\\|", -1);
      side(sides[0], book.bidPrice, book.bidSize, i);
      side(sides[1], book.askPrice, book.askSize, i);
    }
    return book;
  }

  private static void side(String text, double[][] prices, double[][] sizes, int row) {
    String[] words = text.isBlank() ? new String[0] : text.strip().split("\\s+", -1);
    for (int level = 0; level < prices.length; level++) {
      boolean empty = 2 * level >= words.length;
      prices[level][row] = empty ? Double.NaN : Double.parseDouble(words[2 * level]);
      sizes[level][row] = empty ? Double.NaN : Double.parseDouble(words[2 * level + 1]);
    }
  }
}
