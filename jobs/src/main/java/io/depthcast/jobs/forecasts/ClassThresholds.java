package io.depthcast.jobs.forecasts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.labels.MoveThreshold;
import io.depthcast.models.MoveClass;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** The thresholds that make classes of moves, by symbol, as fitted on a fold's training rows. */
public final class ClassThresholds {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ClassThresholds() {}

  /** Those of a row of {@code gold.models}, bps or imbalance by symbol. */
  public static Map<String, Double> of(Row card) {
    try {
      return JSON.readValue(
          card.<String>getAs("class_thresholds_bps"),
          new TypeReference<TreeMap<String, Double>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("gold.models holds no JSON", e);
    }
  }

  /**
   * Class of a move.
   *
   * @param move bps, or an imbalance; null where not known
   * @param threshold bps; null for a symbol without training rows, which has no classes
   */
  public static int moveClass(Double move, Double threshold) {
    return move == null || threshold == null
        ? MoveClass.UNKNOWN
        : MoveThreshold.direction(move, threshold) + 1;
  }
}
