package io.depthcast.jobs.train;

import io.depthcast.fitted.FeatureFit;
import io.depthcast.fitted.FittedFamily;
import io.depthcast.fitted.FittedFeature;
import io.depthcast.jobs.table.RowStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** The fitted features of a fold, each fitted by symbol, in the order of the configuration. */
final class FittedInputs implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<FittedFamily> families;
  private final Map<String, List<FittedFeature>> bySymbol;

  /** By family, where its columns stand among those required. */
  private final int[][] columns;

  private FittedInputs(List<FittedFamily> families, Map<String, List<FittedFeature>> bySymbol) {
    this.families = new ArrayList<>(families);
    this.bySymbol = bySymbol;
    List<String> required = required(families);
    columns =
        families.stream()
            .map(family -> family.requires().stream().mapToInt(required::indexOf).toArray())
            .toArray(int[][]::new);
  }

  /** The columns that the families read, each once. */
  static List<String> required(List<FittedFamily> families) {
    return families.stream().flatMap(family -> family.requires().stream()).distinct().toList();
  }

  /** Names of the inputs. */
  static List<String> names(List<FittedFamily> families) {
    return families.stream().map(family -> family.produces().name()).toList();
  }

  /**
   * Fits on rows of {@link TrainingTable#rows()}, all of them: a chain needs neighbours, so none
   * may be sampled away.
   */
  static FittedInputs fit(List<FittedFamily> families, Dataset<Row> training) {
    FittedInputs none = new FittedInputs(families, new TreeMap<>());
    if (families.isEmpty()) {
      return none;
    }
    Dataset<Row> rows =
        TrainingTable.ordered(
            training.select("venue", "symbol", "trade_date", "seq", TrainingTable.REQUIRED));
    List<Map<String, List<FittedFeature>>> fitted =
        RowStream.toObjects(rows, partition -> List.of(none.fit(partition)).iterator()).collect();
    return new FittedInputs(families, fitted.get(0));
  }

  /**
   * Those of which {@link #numbers()} were stored.
   *
   * @param numbers by input and symbol
   */
  static FittedInputs restored(
      List<FittedFamily> families, Map<String, Map<String, double[]>> numbers) {
    Map<String, List<FittedFeature>> bySymbol = new TreeMap<>();
    for (FittedFamily family : families) {
      numbers
          .get(family.produces().name())
          .forEach(
              (symbol, fitted) ->
                  bySymbol
                      .computeIfAbsent(symbol, s -> new ArrayList<>())
                      .add(family.restore(fitted)));
    }
    return new FittedInputs(families, bySymbol);
  }

  private Map<String, List<FittedFeature>> fit(Iterator<InternalRow> rows) {
    Map<String, List<FeatureFit>> fits = new TreeMap<>();
    UTF8String lastVenue = null;
    UTF8String lastSymbol = null;
    int lastDate = 0;
    long lastSeq = 0;
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      UTF8String venue = row.getUTF8String(0);
      UTF8String symbol = row.getUTF8String(1);
      boolean isSameSlice =
          symbol.equals(lastSymbol) && venue.equals(lastVenue) && row.getInt(2) == lastDate;
      boolean follows = isSameSlice && row.getLong(3) == lastSeq + 1;
      double[] required = row.getArray(4).toDoubleArray();
      List<FeatureFit> ofSymbol =
          fits.computeIfAbsent(
              symbol.toString(), s -> families.stream().map(FittedFamily::start).toList());
      for (int f = 0; f < columns.length; f++) {
        ofSymbol.get(f).add(chosen(required, f), follows);
      }
      if (!isSameSlice) {
        lastVenue = venue.clone();
        lastSymbol = symbol.clone();
        lastDate = row.getInt(2);
      }
      lastSeq = row.getLong(3);
    }
    Map<String, List<FittedFeature>> fitted = new TreeMap<>();
    fits.forEach(
        (symbol, ofSymbol) ->
            fitted.put(
                symbol, new ArrayList<>(ofSymbol.stream().map(FeatureFit::finish).toList())));
    return fitted;
  }

  private double[] chosen(double[] required, int family) {
    int[] at = columns[family];
    double[] values = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      values[i] = required[at[i]];
    }
    return values;
  }

  boolean isEmpty() {
    return families.isEmpty();
  }

  /**
   * Whether the inputs of a symbol are known: always where nothing is fitted, else where it
   * trained.
   */
  boolean knows(String symbol) {
    return families.isEmpty() || bySymbol.containsKey(symbol);
  }

  /** Symbols that trained; none where nothing is fitted. */
  Set<String> symbols() {
    return bySymbol.keySet();
  }

  /**
   * All inputs of a row.
   *
   * @param features those that need no fit
   * @param required values of the required columns
   */
  float[] inputs(String symbol, float[] features, double[] required) {
    if (families.isEmpty()) {
      return features;
    }
    float[] inputs = Arrays.copyOf(features, features.length + families.size());
    for (int f = 0; f < columns.length; f++) {
      double value = bySymbol.get(symbol).get(f).value(chosen(required, f));
      inputs[features.length + f] = (float) value;
    }
    return inputs;
  }

  /** What was fitted, by input and symbol. */
  Map<String, Map<String, double[]>> numbers() {
    Map<String, Map<String, double[]>> numbers = new LinkedHashMap<>();
    for (int f = 0; f < families.size(); f++) {
      Map<String, double[]> ofInput = new TreeMap<>();
      for (Map.Entry<String, List<FittedFeature>> symbol : bySymbol.entrySet()) {
        ofInput.put(symbol.getKey(), symbol.getValue().get(f).numbers());
      }
      numbers.put(families.get(f).produces().name(), ofInput);
    }
    return numbers;
  }
}
