package io.depthcast.jobs.columns;

import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * One column of a Parquet row group, decoded as it is asked for.
 *
 * <p>Every value is 64 bits, as in {@link ColumnChunk}: a double its bits, a boolean 0 or 1, a text
 * its index in a vocabulary. Indices of dictionaries and plain numbers, which is what {@link
 * ColumnFile} writes, are decoded in bulk; other encodings by Parquet's library, value by value.
 */
final class ColumnChunkReader {

  private static final long[] LEVELS = {0, 1};

  private final String name;
  private final ColumnDescriptor column;
  private final PrimitiveTypeName type;
  private final PageReader pages;
  private final UTF8String[] vocabulary;

  /** The dictionary: values by index. */
  private final long[] values;

  /** Behind the pages that were begun. */
  private long nextRow;

  // The present page. Its values have one of three forms.
  private int rows;
  private IndexRuns levels;
  private IndexRuns indices;
  private LongBuffer plain;
  private ValuesReader encoded;
  private long[] present = new long[0];

  /**
   * @param name of file and column, for a person
   * @param vocabulary what the texts of a column of texts may be
   * @param firstRow the first row to read, counted within the row group; pages may begin before it
   */
  ColumnChunkReader(
      String name,
      ColumnDescriptor column,
      PageReader pages,
      UTF8String[] vocabulary,
      long firstRow)
      throws IOException {
    this.name = name;
    this.column = column;
    this.type = column.getPrimitiveType().getPrimitiveTypeName();
    this.pages = pages;
    this.vocabulary = vocabulary;
    DictionaryPage page = pages.readDictionaryPage();
    values = page == null ? new long[0] : values(page);
    nextRow = firstRow;
    beginPage();
  }

  PrimitiveTypeName type() {
    return type;
  }

  /**
   * Reads the next rows.
   *
   * @param missing stands where there is no value
   */
  void read(long[] into, int count, long missing) throws IOException {
    for (int at = 0; at < count; ) {
      if (rows == 0) {
        beginPage();
      }
      int end = at + Math.min(rows, count - at);
      readFromPage(into, at, end, missing);
      at = end;
    }
  }

  private void readFromPage(long[] into, int from, int to, long missing) {
    rows -= to - from;
    if (levels == null || levels.takeRun(1, to - from)) {
      readValues(into, from, to);
      return;
    }
    if (present.length < to - from) {
      present = new long[to - from];
    }
    levels.take(LEVELS, present, 0, to - from);
    int next = from;
    for (int i = 0; i < to - from; i++) {
      next += (int) present[i];
    }
    readValues(into, from, next);
    for (int i = to - 1; i >= from; i--) {
      into[i] = present[i - from] == 1 ? into[--next] : missing;
    }
  }

  private void readValues(long[] into, int from, int to) {
    if (indices != null) {
      indices.take(values, into, from, to - from);
    } else if (plain != null) {
      plain.get(into, from, to - from);
    } else {
      for (int i = from; i < to; i++) {
        into[i] = value(encoded);
      }
    }
  }

  private void beginPage() throws IOException {
    DataPage page = pages.readPage();
    long firstRow = page == null ? Long.MAX_VALUE : page.getFirstRowIndex().orElse(nextRow);
    if (firstRow > nextRow) {
      throw new DataContractException(
          name + " lacks rows, or they are out of order; ingest the slice again");
    }
    rows = page.getValueCount();
    if (page instanceof DataPageV1 v1) {
      byte[] bytes = padded(v1.getBytes());
      int position = 0;
      if (column.getMaxDefinitionLevel() > 0) {
        requireRuns(v1.getDlEncoding());
        position = Integer.BYTES + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        levels = new IndexRuns(bytes, Integer.BYTES, 1);
      }
      beginValues(bytes, position, v1.getValueEncoding());
    } else {
      DataPageV2 v2 = (DataPageV2) page;
      if (column.getMaxDefinitionLevel() > 0) {
        levels = new IndexRuns(padded(v2.getDefinitionLevels()), 0, 1);
      }
      beginValues(padded(v2.getData()), 0, v2.getDataEncoding());
    }
    int before = (int) (nextRow - firstRow);
    nextRow = firstRow + rows;
    if (before > 0) {
      readFromPage(new long[before], 0, before, 0);
    }
  }

  private static byte[] padded(BytesInput bytes) throws IOException {
    return Arrays.copyOf(bytes.toByteArray(), (int) bytes.size() + IndexRuns.PADDING);
  }

  private void requireRuns(Encoding encoding) {
    if (encoding != Encoding.RLE) {
      throw new DataContractException(
          name + " has definition levels as " + encoding + ", not RLE; ingest the slice again");
    }
  }

  private void beginValues(byte[] bytes, int position, Encoding encoding) throws IOException {
    indices = null;
    plain = null;
    if (encoding.usesDictionary()) {
      indices = new IndexRuns(bytes, position + 1, bytes[position]);
    } else if (encoding == Encoding.PLAIN
        && (type == PrimitiveTypeName.DOUBLE || type == PrimitiveTypeName.INT64)) {
      plain =
          ByteBuffer.wrap(bytes, position, bytes.length - position)
              .slice()
              .order(ByteOrder.LITTLE_ENDIAN)
              .asLongBuffer();
    } else {
      encoded = encoding.getValuesReader(column, ValuesType.VALUES);
      encoded.initFromPage(
          rows,
          ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes, position, bytes.length - position)));
    }
  }

  private long[] values(DictionaryPage page) throws IOException {
    Dictionary dictionary = page.getEncoding().initDictionary(column, page);
    long[] all = new long[dictionary.getMaxId() + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          switch (type) {
            case DOUBLE -> Double.doubleToRawLongBits(dictionary.decodeToDouble(i));
            case INT64 -> dictionary.decodeToLong(i);
            case BINARY -> word(dictionary.decodeToBinary(i));
            default -> throw unread();
          };
    }
    return all;
  }

  private long value(ValuesReader from) {
    return switch (type) {
      case DOUBLE -> Double.doubleToRawLongBits(from.readDouble());
      case INT64 -> from.readLong();
      case BOOLEAN -> from.readBoolean() ? 1 : 0;
      case BINARY -> word(from.readBytes());
      default -> throw unread();
    };
  }

  private long word(Binary text) {
    int index = Arrays.asList(vocabulary).indexOf(UTF8String.fromBytes(text.getBytes()));
    if (index < 0) {
      throw new DataContractException(
          name + ": " + text.toStringUsingUTF8() + " is none of " + Arrays.toString(vocabulary));
    }
    return index;
  }

  private DataContractException unread() {
    return new DataContractException(name + " is " + type + ", which no table of books has");
  }
}
