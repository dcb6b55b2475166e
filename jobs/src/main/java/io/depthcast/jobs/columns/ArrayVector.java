package io.depthcast.jobs.columns;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/** A Spark column over a plain array, without a copy. */
public abstract sealed class ArrayVector extends ColumnVector {

  private ArrayVector(DataType type) {
    super(type);
  }

  /** Adds the first rows to a column of a file. */
  abstract void addTo(ColumnChunk chunk, int rows);

  /** Doubles; NaN is null. */
  public static ArrayVector doubles(double[] values) {
    return new Doubles(values);
  }

  /**
   * Longs.
   *
   * @param missing the value that is null
   */
  public static ArrayVector longs(long[] values, long missing) {
    return new Longs(values, missing);
  }

  public static ArrayVector ints(int[] values, int missing) {
    return new Ints(DataTypes.IntegerType, values, missing);
  }

  /** Dates as days since 1970-01-01; none is null. */
  public static ArrayVector dates(int[] epochDays) {
    return new Ints(DataTypes.DateType, epochDays, Integer.MIN_VALUE);
  }

  /** Texts; none is null. */
  public static ArrayVector texts(UTF8String[] values) {
    return new Texts(values);
  }

  public static ArrayVector booleans(boolean[] values) {
    return new Booleans(values);
  }

  /**
   * Words of a small vocabulary.
   *
   * @param codes index into the vocabulary; a negative code is null
   */
  public static ArrayVector words(byte[] codes, UTF8String[] vocabulary) {
    return new Words(codes, vocabulary);
  }

  /** The same text in every row. */
  public static ArrayVector constant(String text) {
    return new ConstantText(UTF8String.fromString(text));
  }

  /** The same date in every row. */
  public static ArrayVector constantDate(int epochDay) {
    return new ConstantInt(DataTypes.DateType, epochDay);
  }

  /** Null in every row. */
  public static ArrayVector nulls(DataType type) {
    return new Nulls(type);
  }

  private static final class Doubles extends ArrayVector {
    private final double[] values;

    Doubles(double[] values) {
      super(DataTypes.DoubleType);
      this.values = values;
    }

    @Override
    void addTo(ColumnChunk chunk, int rows) {
      chunk.doubles(values, rows);
    }

    @Override
    public boolean isNullAt(int row) {
      return Double.isNaN(values[row]);
    }

    @Override
    public double getDouble(int row) {
      return values[row];
    }
  }

  private static final class Longs extends ArrayVector {
    private final long[] values;
    private final long missing;

    Longs(long[] values, long missing) {
      super(DataTypes.LongType);
      this.values = values;
      this.missing = missing;
    }

    @Override
    void addTo(ColumnChunk chunk, int rows) {
      chunk.longs(values, missing, rows);
    }

    @Override
    public boolean isNullAt(int row) {
      return values[row] == missing;
    }

    @Override
    public long getLong(int row) {
      return values[row];
    }
  }

  private static final class Ints extends ArrayVector {
    private final int[] values;
    private final int missing;

    Ints(DataType type, int[] values, int missing) {
      super(type);
      this.values = values;
      this.missing = missing;
    }

    @Override
    void addTo(ColumnChunk chunk, int rows) {
      chunk.ints(values, missing, rows);
    }

    @Override
    public boolean isNullAt(int row) {
      return values[row] == missing;
    }

    @Override
    public int getInt(int row) {
      return values[row];
    }
  }

  private static final class Booleans extends ArrayVector {
    private final boolean[] values;

    Booleans(boolean[] values) {
      super(DataTypes.BooleanType);
      this.values = values;
    }

    @Override
    void addTo(ColumnChunk chunk, int rows) {
      chunk.booleans(values, rows);
    }

    @Override
    public boolean isNullAt(int row) {
      return false;
    }

    @Override
    public boolean getBoolean(int row) {
      return values[row];
    }
  }

  private static final class Words extends ArrayVector {
    private final byte[] codes;
    private final UTF8String[] vocabulary;

    Words(byte[] codes, UTF8String[] vocabulary) {
      super(DataTypes.StringType);
      this.codes = codes;
      this.vocabulary = vocabulary;
    }

    @Override
    void addTo(ColumnChunk chunk, int rows) {
      chunk.words(codes, vocabulary, rows);
    }

    @Override
    public boolean isNullAt(int row) {
      return codes[row] < 0;
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return codes[row] < 0 ? null : vocabulary[codes[row]];
    }
  }

  private static final class Texts extends ArrayVector {
    private final UTF8String[] values;

    Texts(UTF8String[] values) {
      super(DataTypes.StringType);
      this.values = values;
    }

    @Override
    void addTo(ColumnChunk chunk, int rows) {
      chunk.texts(values, rows);
    }

    @Override
    public boolean isNullAt(int row) {
      return false;
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return values[row];
    }
  }

  private static final class ConstantText extends ArrayVector {
    private final UTF8String text;

    ConstantText(UTF8String text) {
      super(DataTypes.StringType);
      this.text = text;
    }

    @Override
    void addTo(ColumnChunk chunk, int rows) {
      chunk.constant(text, rows);
    }

    @Override
    public boolean isNullAt(int row) {
      return false;
    }

    @Override
    public UTF8String getUTF8String(int row) {
      return text;
    }
  }

  private static final class ConstantInt extends ArrayVector {
    private final int value;

    ConstantInt(DataType type, int value) {
      super(type);
      this.value = value;
    }

    @Override
    void addTo(ColumnChunk chunk, int rows) {
      throw wrongType();
    }

    @Override
    public boolean isNullAt(int row) {
      return false;
    }

    @Override
    public int getInt(int row) {
      return value;
    }
  }

  private static final class Nulls extends ArrayVector {
    Nulls(DataType type) {
      super(type);
    }

    @Override
    void addTo(ColumnChunk chunk, int rows) {
      chunk.nulls(rows);
    }

    @Override
    public boolean isNullAt(int row) {
      return true;
    }
  }

  @Override
  public void close() {}

  @Override
  public boolean hasNull() {
    return true;
  }

  @Override
  public int numNulls() {
    return 1;
  }

  @Override
  public boolean getBoolean(int row) {
    throw wrongType();
  }

  @Override
  public byte getByte(int row) {
    throw wrongType();
  }

  @Override
  public short getShort(int row) {
    throw wrongType();
  }

  @Override
  public int getInt(int row) {
    throw wrongType();
  }

  @Override
  public long getLong(int row) {
    throw wrongType();
  }

  @Override
  public float getFloat(int row) {
    throw wrongType();
  }

  @Override
  public double getDouble(int row) {
    throw wrongType();
  }

  @Override
  public ColumnarArray getArray(int row) {
    throw wrongType();
  }

  @Override
  public ColumnarMap getMap(int row) {
    throw wrongType();
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    throw wrongType();
  }

  @Override
  public UTF8String getUTF8String(int row) {
    throw wrongType();
  }

  @Override
  public byte[] getBinary(int row) {
    throw wrongType();
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    throw wrongType();
  }

  final UnsupportedOperationException wrongType() {
    return new UnsupportedOperationException("Column of type " + type + " holds nothing else");
  }
}
