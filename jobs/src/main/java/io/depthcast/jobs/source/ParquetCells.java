package io.depthcast.jobs.source;

import io.depthcast.feed.snapshot.EpochTime;
import io.depthcast.feed.snapshot.SnapshotRow;
import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A Parquet file. Symbols and times are STRING or signed INT columns, a time since 1970 also a
 * TIMESTAMP in UTC of the source's unit; numbers are DOUBLE, FLOAT, signed INT or DECIMAL.
 */
final class ParquetCells implements SnapshotFile.Cells {

  /** The flat columns need no assembly of records. */
  private static final GroupConverter NO_RECORDS =
      new GroupConverter() {
        @Override
        public Converter getConverter(int field) {
          return new PrimitiveConverter() {};
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
      };

  /** A column as it is read from row group to row group. */
  private static final class Column<T> {
    private final PrimitiveType type;
    private final Function<ColumnReader, T> value;
    private ColumnReader reader;

    Column(PrimitiveType type, Function<ColumnReader, T> value) {
      this.type = type;
      this.value = value;
    }

    /** The next value; null if missing. */
    T next() {
      boolean isThere =
          reader.getCurrentDefinitionLevel() == reader.getDescriptor().getMaxDefinitionLevel();
      T next = isThere ? value.apply(reader) : null;
      reader.consume();
      return next;
    }
  }

  private final String name;
  private final Configuration hadoop;
  private final Path path;
  private final ParquetFileReader file;
  private final MessageType schema;
  private final Column<String> symbolColumn;
  private final List<Column<String>> textColumns;
  private final List<Column<Double>> numberColumns;
  private final List<Column<?>> columns = new ArrayList<>();
  private String symbol;
  private long lineNo;
  private long rowsLeft;

  /**
   * @throws DataContractException if the file is damaged, or a column is missing or of another type
   */
  ParquetCells(Configuration hadoop, String file, SnapshotSource source) {
    this.hadoop = hadoop;
    name = SourceFiles.name(file);
    path = new Path(file);
    try {
      this.file =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(path, hadoop),
              HadoopReadOptions.builder(hadoop, path).usePageChecksumVerification().build());
    } catch (IOException | RuntimeException e) {
      throw damaged("", e);
    }
    try {
      MessageType whole = this.file.getFooter().getFileMetaData().getSchema();
      EpochTime epoch = source.time() instanceof EpochTime e ? e : null;
      symbolColumn = text(whole, source.columns().symbol(), null);
      textColumns = source.textColumns().stream().map(c -> text(whole, c, epoch)).toList();
      numberColumns = source.numberColumns().stream().map(c -> number(whole, c)).toList();
      columns.add(symbolColumn);
      columns.addAll(textColumns);
      columns.addAll(numberColumns);
      schema = new MessageType(name, columns.stream().<Type>map(c -> c.type).toList());
      this.file.setRequestedSchema(schema);
    } catch (RuntimeException e) {
      SourceFiles.close(this, e);
      throw e;
    }
  }

  /**
   * @param epoch how the column is read if it is a time since 1970, else null
   */
  private Column<String> text(MessageType whole, String column, EpochTime epoch) {
    PrimitiveType type = type(whole, column);
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
        && meaning instanceof StringLogicalTypeAnnotation) {
      return new Column<>(type, reader -> reader.getBinary().toStringUsingUTF8());
    }
    if (isSigned(type, PrimitiveTypeName.INT32)) {
      return new Column<>(type, reader -> Integer.toString(reader.getInteger()));
    }
    if (isSigned(type, PrimitiveTypeName.INT64)
        || (epoch != null && isTimestamp(meaning, epoch.unit()))) {
      return new Column<>(type, reader -> Long.toString(reader.getLong()));
    }
    throw refused(
        type,
        "STRING or a signed INT"
            + (epoch == null
                ? ""
                : ", or an INT64 TIMESTAMP in UTC of the unit " + word(epoch.unit())));
  }

  private static boolean isTimestamp(LogicalTypeAnnotation meaning, EpochTime.Unit unit) {
    return meaning instanceof TimestampLogicalTypeAnnotation timestamp
        && timestamp.isAdjustedToUTC()
        && unit
            == switch (timestamp.getUnit()) {
              case MILLIS -> EpochTime.Unit.MILLISECONDS;
              case MICROS -> EpochTime.Unit.MICROSECONDS;
              case NANOS -> EpochTime.Unit.NANOSECONDS;
            };
  }

  private static String word(EpochTime.Unit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  private Column<Double> number(MessageType whole, String column) {
    PrimitiveType type = type(whole, column);
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      return new Column<>(type, decimal(type.getPrimitiveTypeName(), decimal.getScale()));
    }
    PrimitiveTypeName name = type.getPrimitiveTypeName();
    if (name == PrimitiveTypeName.DOUBLE) {
      return new Column<>(type, ColumnReader::getDouble);
    }
    if (name == PrimitiveTypeName.FLOAT) {
      // The shortest decimal of the float: 100.01, not 100.01000213623047.
      return new Column<>(type, reader -> Double.valueOf(Float.toString(reader.getFloat())));
    }
    if (isSigned(type, PrimitiveTypeName.INT32)) {
      return new Column<>(type, reader -> (double) reader.getInteger());
    }
    if (isSigned(type, PrimitiveTypeName.INT64)) {
      return new Column<>(type, reader -> (double) reader.getLong());
    }
    throw refused(type, "DOUBLE, FLOAT, a signed INT or DECIMAL");
  }

  private static Function<ColumnReader, Double> decimal(PrimitiveTypeName stored, int scale) {
    Function<ColumnReader, BigInteger> digits =
        switch (stored) {
          case INT32 -> reader -> BigInteger.valueOf(reader.getInteger());
          case INT64 -> reader -> BigInteger.valueOf(reader.getLong());
          default -> reader -> new BigInteger(reader.getBinary().getBytes());
        };
    return reader -> new BigDecimal(digits.apply(reader), scale).doubleValue();
  }

  private static boolean isSigned(PrimitiveType type, PrimitiveTypeName stored) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return type.getPrimitiveTypeName() == stored
        && (meaning == null
            || (meaning instanceof IntLogicalTypeAnnotation number && number.isSigned()));
  }

  private PrimitiveType type(MessageType whole, String column) {
    if (!whole.containsField(column)) {
      throw SnapshotFile.missing(
          name, column, whole.getFields().stream().map(Type::getName).toList());
    }
    Type type = whole.getType(column);
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      throw refused(type, "one value a row");
    }
    return type.asPrimitiveType();
  }

  private DataContractException refused(Type type, String expected) {
    return new DataContractException(
        name
            + ": column "
            + type.getName()
            + " is '"
            + type.toString().replaceAll("\\s+", " ")
            + "'; it must be "
            + expected
            + ": name another in the source's file or write the file anew");
  }

  private DataContractException damaged(String place, Exception cause) {
    return new DataContractException(
        name + place + ": cannot be read: the file is cut, damaged or no Parquet", cause);
  }

  @Override
  public boolean read(SnapshotRow row) {
    try {
      while (rowsLeft == 0) {
        if (!openRowGroup()) {
          return false;
        }
      }
      rowsLeft--;
      row.lineNo = ++lineNo;
      symbol = symbolColumn.next();
      for (int i = 0; i < row.texts.length; i++) {
        row.texts[i] = textColumns.get(i).next();
      }
      for (int i = 0; i < row.numbers.length; i++) {
        Double number = numberColumns.get(i).next();
        row.numbers[i] = number == null ? Double.NaN : number;
      }
      return true;
    } catch (IOException | RuntimeException e) {
      // A damaged page ends in any exception of the decoders.
      throw damaged(" line " + (lineNo + 1), e);
    }
  }

  private boolean openRowGroup() throws IOException {
    PageReadStore pages = file.readNextRowGroup();
    if (pages == null) {
      return false;
    }
    rowsLeft = pages.getRowCount();
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            pages, NO_RECORDS, schema, file.getFooter().getFileMetaData().getCreatedBy());
    for (Column<?> column : columns) {
      column.reader =
          store.getColumnReader(schema.getColumnDescription(new String[] {column.type.getName()}));
    }
    return true;
  }

  @Override
  public String symbol() {
    return symbol;
  }

  @Override
  public long checksum() {
    CRC32C checksum = new CRC32C();
    try (InputStream bytes =
        new CheckedInputStream(path.getFileSystem(hadoop).open(path), checksum)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return checksum.getValue();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
