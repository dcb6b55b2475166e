package io.depthcast.jobs.columns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.unsafe.types.UTF8String;
import org.xerial.snappy.Snappy;

/**
 * One column of a Parquet row group, encoded page by page as its values come.
 *
 * <p>Format: Apache Parquet, "Encodings" and "Data Pages" (version 1 pages): definition levels as
 * RLE, values as dictionary indices or plain, Snappy. Values whose first page hardly repeats, or
 * that do not fit a {@link Dictionary}, are plain; texts always have a dictionary.
 */
final class ColumnChunk {

  /** Rows after which a page ends: 64 KiB of doubles, which stay in the cache while encoded. */
  private static final int PAGE_ROWS = 8_192;

  private static final int ENCODER_SLAB = 4096;
  private static final int ENCODER_LIMIT = 1 << 20;

  private record Page(
      BytesInput bytes, int uncompressed, int rows, Statistics<?> statistics, Encoding encoding) {}

  private final ColumnDescriptor column;
  private final PrimitiveType type;
  private final boolean required;
  private final List<Page> pages = new ArrayList<>();
  private final Map<UTF8String, Integer> texts = new HashMap<>();
  private final List<UTF8String> textByIndex = new ArrayList<>();
  private final ByteArrayOutputStream textBytes = new ByteArrayOutputStream();
  private final PageBuffer buffer;

  /** Null where values are plain from the begin on. */
  private Dictionary dictionary;

  /** Whether the next page may use the dictionary. */
  private boolean dictionaryOpen;

  private boolean dictionaryUsed;
  private long bytes;
  private long rows;

  // The present page.
  private long[] values = new long[PAGE_ROWS];
  private int count;
  private int[] nullRows = new int[0];
  private int nulls;
  private int pageRows;

  // Of the whole chunk, for longs.
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;
  private long allNulls;

  /**
   * @param buffer scratch memory that the columns of a file share
   * @param repeats whether values are expected to repeat
   */
  ColumnChunk(ColumnDescriptor column, PageBuffer buffer, boolean repeats) {
    this.column = column;
    this.type = column.getPrimitiveType();
    this.required = column.getMaxDefinitionLevel() == 0;
    this.buffer = buffer;
    this.dictionaryOpen =
        repeats
            && !isText()
            && type.getPrimitiveTypeName() != PrimitiveType.PrimitiveTypeName.BOOLEAN;
    this.dictionary = dictionaryOpen ? new Dictionary() : null;
  }

  /** Scratch memory for pages. */
  static final class PageBuffer {
    private byte[] plain = new byte[0];
    private byte[] compressed = new byte[0];

    ByteBuffer ofSize(int size) {
      if (plain.length < size) {
        plain = new byte[size];
      }
      return ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    }

    BytesInput compress(int length) {
      try {
        int most = Snappy.maxCompressedLength(length);
        if (compressed.length < most) {
          compressed = new byte[most];
        }
        int size = Snappy.compress(plain, 0, length, compressed, 0);
        return BytesInput.from(Arrays.copyOf(compressed, size));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private boolean isText() {
    return type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY;
  }

  /** Bytes that wait to be written, without the present page. */
  long bytes() {
    return bytes + textBytes.size();
  }

  /** Smallest value of a column of longs; meaningless if all are null. */
  long min() {
    return min;
  }

  long max() {
    return max;
  }

  long nulls() {
    return allNulls;
  }

  /** Makes room for the rows of a call; ends the page if they do not fit. */
  void begin(int moreRows) {
    if (pageRows > 0 && pageRows + moreRows > PAGE_ROWS) {
      endPage();
    }
    if (values.length < pageRows + moreRows) {
      values = Arrays.copyOf(values, pageRows + moreRows);
    }
  }

  void doubles(double[] from, int moreRows) {
    // Local, for a field is stored to memory with each value.
    long[] to = values;
    int next = count;
    for (int i = 0; i < moreRows; i++) {
      double value = from[i];
      if (Double.isNaN(value)) {
        addNull(pageRows + i);
      } else {
        to[next++] = Double.doubleToRawLongBits(value);
      }
    }
    count = next;
    pageRows += moreRows;
  }

  void longs(long[] from, long missing, int moreRows) {
    for (int i = 0; i < moreRows; i++) {
      long value = from[i];
      if (value == missing) {
        addNull(pageRows + i);
      } else {
        values[count++] = value;
      }
    }
    pageRows += moreRows;
  }

  void ints(int[] from, int missing, int moreRows) {
    for (int i = 0; i < moreRows; i++) {
      int value = from[i];
      if (value == missing) {
        addNull(pageRows + i);
      } else {
        values[count++] = value;
      }
    }
    pageRows += moreRows;
  }

  void booleans(boolean[] from, int moreRows) {
    for (int i = 0; i < moreRows; i++) {
      values[count++] = from[i] ? 1 : 0;
    }
    pageRows += moreRows;
  }

  void words(byte[] codes, UTF8String[] vocabulary, int moreRows) {
    int[] index = new int[vocabulary.length];
    Arrays.fill(index, -1);
    for (int i = 0; i < moreRows; i++) {
      int code = codes[i];
      if (code < 0) {
        addNull(pageRows + i);
        continue;
      }
      if (index[code] < 0) {
        index[code] = textIndex(vocabulary[code]);
      }
      values[count++] = index[code];
    }
    pageRows += moreRows;
  }

  void texts(UTF8String[] from, int moreRows) {
    for (int i = 0; i < moreRows; i++) {
      values[count++] = textIndex(from[i]);
    }
    pageRows += moreRows;
  }

  void constant(UTF8String text, int moreRows) {
    Arrays.fill(values, count, count + moreRows, textIndex(text));
    count += moreRows;
    pageRows += moreRows;
  }

  void nulls(int moreRows) {
    for (int i = 0; i < moreRows; i++) {
      addNull(pageRows + i);
    }
    pageRows += moreRows;
  }

  private void addNull(int row) {
    if (required) {
      throw new IllegalStateException(
          "Column " + String.join(".", column.getPath()) + " may not be null");
    }
    if (nulls == nullRows.length) {
      nullRows = Arrays.copyOf(nullRows, Math.max(ENCODER_SLAB, 2 * nulls));
    }
    nullRows[nulls++] = row;
  }

  private int textIndex(UTF8String text) {
    Integer known = texts.get(text);
    if (known != null) {
      return known;
    }
    int index = texts.size();
    byte[] content = text.getBytes();
    UTF8String own = UTF8String.fromBytes(content);
    texts.put(own, index);
    textByIndex.add(own);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      textBytes.write(content.length >>> shift);
    }
    textBytes.writeBytes(content);
    return index;
  }

  /** Writes the column and forgets it. */
  void writeTo(ParquetFileWriter file) throws IOException {
    if (pageRows > 0) {
      endPage();
    }
    file.startColumn(column, rows, CompressionCodecName.SNAPPY);
    if (isText() && !texts.isEmpty()) {
      byte[] plain = textBytes.toByteArray();
      buffer.ofSize(plain.length).put(plain);
      writeDictionary(file, plain.length, texts.size());
    } else if (dictionaryUsed) {
      int size = plain(dictionary.values(), dictionary.size(), 0);
      writeDictionary(file, size, dictionary.size());
    }
    for (Page page : pages) {
      file.writeDataPage(
          page.rows,
          page.uncompressed,
          page.bytes,
          page.statistics,
          page.rows,
          Encoding.RLE,
          Encoding.RLE,
          page.encoding);
    }
    file.endColumn();
  }

  private void writeDictionary(ParquetFileWriter file, int uncompressed, int size)
      throws IOException {
    file.writeDictionaryPage(
        new DictionaryPage(buffer.compress(uncompressed), uncompressed, size, Encoding.PLAIN));
  }

  private void endPage() {
    try {
      Statistics<?> statistics = statistics();
      byte[] levels = required ? new byte[0] : definitionLevels();
      int begin = levels.length;
      byte[] indices = indices();
      int size;
      if (indices != null) {
        size = begin + indices.length;
        buffer.ofSize(size).put(levels).put(indices);
      } else {
        size = plain(values, count, begin);
        buffer.ofSize(size).put(levels);
      }
      BytesInput compressed = buffer.compress(size);
      pages.add(
          new Page(
              compressed,
              size,
              pageRows,
              statistics,
              indices != null ? Encoding.RLE_DICTIONARY : Encoding.PLAIN));
      bytes += compressed.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows += pageRows;
    allNulls += nulls;
    pageRows = 0;
    count = 0;
    nulls = 0;
  }

  /** Parquet's readers take a page without smallest and largest value for one without values. */
  private Statistics<?> statistics() {
    Statistics.Builder statistics = Statistics.getBuilderForReading(type).withNumNulls(nulls);
    if (count > 0) {
      switch (type.getPrimitiveTypeName()) {
        case DOUBLE -> doubleRange(statistics);
        case BINARY -> textRange(statistics);
        default -> wholeRange(statistics);
      }
    }
    return statistics.build();
  }

  private void wholeRange(Statistics.Builder statistics) {
    long smallest = values[0];
    long largest = values[0];
    for (int i = 1; i < count; i++) {
      smallest = Math.min(smallest, values[i]);
      largest = Math.max(largest, values[i]);
    }
    min = Math.min(min, smallest);
    max = Math.max(max, largest);
    statistics.withMin(wholeBytes(smallest)).withMax(wholeBytes(largest));
  }

  private byte[] wholeBytes(long value) {
    return switch (type.getPrimitiveTypeName()) {
      case INT64 -> BytesUtils.longToBytes(value);
      case INT32 -> BytesUtils.intToBytes((int) value);
      default -> BytesUtils.booleanToBytes(value != 0);
    };
  }

  private void doubleRange(Statistics.Builder statistics) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double value = Double.longBitsToDouble(values[i]);
      // No value is NaN, and zeros are seen to below: cheaper than Math.min.
      smallest = value < smallest ? value : smallest;
      largest = value > largest ? value : largest;
    }
    // Either zero may be among the values: Parquet, "Statistics".
    smallest = smallest == 0 ? -0.0 : smallest;
    largest = largest == 0 ? 0.0 : largest;
    statistics
        .withMin(BytesUtils.longToBytes(Double.doubleToRawLongBits(smallest)))
        .withMax(BytesUtils.longToBytes(Double.doubleToRawLongBits(largest)));
  }

  private void textRange(Statistics.Builder statistics) {
    UTF8String smallest = textByIndex.get((int) values[0]);
    UTF8String largest = smallest;
    long last = values[0];
    for (int i = 1; i < count; i++) {
      if (values[i] != last) {
        last = values[i];
        UTF8String text = textByIndex.get((int) last);
        smallest = text.compareTo(smallest) < 0 ? text : smallest;
        largest = text.compareTo(largest) > 0 ? text : largest;
      }
    }
    statistics.withMin(smallest.getBytes()).withMax(largest.getBytes());
  }

  /** Four bytes of length, then RLE: 1 where there is a value. */
  private byte[] definitionLevels() throws IOException {
    RunLengthBitPackingHybridEncoder encoder = encoder(1);
    int next = 0;
    for (int i = 0; i < nulls; i++) {
      for (; next < nullRows[i]; next++) {
        encoder.writeInt(1);
      }
      encoder.writeInt(0);
      next++;
    }
    if (nulls == 0) {
      return allPresent();
    }
    for (; next < pageRows; next++) {
      encoder.writeInt(1);
    }
    byte[] runs = encoder.toBytes().toByteArray();
    return ByteBuffer.allocate(Integer.BYTES + runs.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(runs.length)
        .put(runs)
        .array();
  }

  /** One run of ones: the length of the run, doubled, as a variable-length number; the value. */
  private byte[] allPresent() {
    ByteBuffer run = ByteBuffer.allocate(Integer.BYTES + 6).order(ByteOrder.LITTLE_ENDIAN);
    run.putInt(0);
    int header = pageRows << 1;
    for (; header >= 1 << 7; header >>>= 7) {
      run.put((byte) (header | 1 << 7));
    }
    run.put((byte) header).put((byte) 1);
    run.putInt(0, run.position() - Integer.BYTES);
    return Arrays.copyOf(run.array(), run.position());
  }

  /** The bit width and the indices of the page's values, or null if they have to be plain. */
  private byte[] indices() throws IOException {
    if (count == 0) {
      return null;
    }
    if (isText()) {
      return packed(texts.size());
    }
    if (!dictionaryOpen) {
      return null;
    }
    int[] index = new int[count];
    for (int i = 0; i < count; i++) {
      index[i] = dictionary.index(values[i]);
      if (index[i] == Dictionary.FULL) {
        dictionaryOpen = false;
        return null;
      }
    }
    if (!dictionaryUsed && dictionary.size() > count / 2) {
      dictionaryOpen = false;
      dictionary = null;
      return null;
    }
    dictionaryUsed = true;
    for (int i = 0; i < count; i++) {
      values[i] = index[i];
    }
    return packed(dictionary.size());
  }

  private byte[] packed(int size) throws IOException {
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    RunLengthBitPackingHybridEncoder encoder = encoder(width);
    for (int i = 0; i < count; i++) {
      encoder.writeInt((int) values[i]);
    }
    byte[] runs = encoder.toBytes().toByteArray();
    byte[] all = new byte[1 + runs.length];
    all[0] = (byte) width;
    System.arraycopy(runs, 0, all, 1, runs.length);
    return all;
  }

  private static RunLengthBitPackingHybridEncoder encoder(int width) {
    return new RunLengthBitPackingHybridEncoder(
        width, ENCODER_SLAB, ENCODER_LIMIT, HeapByteBufferAllocator.getInstance());
  }

  /** Puts plain values into the buffer; answers where they end. */
  private int plain(long[] from, int n, int begin) {
    switch (type.getPrimitiveTypeName()) {
      case DOUBLE, INT64 -> {
        int end = begin + n * Long.BYTES;
        buffer
            .ofSize(end)
            .position(begin)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asLongBuffer()
            .put(from, 0, n);
        return end;
      }
      case INT32 -> {
        int end = begin + n * Integer.BYTES;
        ByteBuffer to = buffer.ofSize(end).position(begin);
        for (int i = 0; i < n; i++) {
          to.putInt((int) from[i]);
        }
        return end;
      }
      case BOOLEAN -> {
        int end = begin + (n + Byte.SIZE - 1) / Byte.SIZE;
        byte[] to = buffer.ofSize(end).array();
        Arrays.fill(to, begin, end, (byte) 0);
        for (int i = 0; i < n; i++) {
          to[begin + i / Byte.SIZE] |= (byte) (from[i] << (i % Byte.SIZE));
        }
        return end;
      }
      case BINARY -> {
        // Texts without a value: an empty page.
        buffer.ofSize(begin);
        return begin;
      }
      default -> throw new IllegalStateException("No plain encoding for " + type);
    }
  }
}
