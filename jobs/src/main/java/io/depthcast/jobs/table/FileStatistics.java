package io.depthcast.jobs.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.depthcast.jobs.columns.ColumnFile;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;

/**
 * What Delta's log holds of a file's rows, so that queries skip files: Delta protocol, "Per-file
 * Statistics".
 */
final class FileStatistics {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int COLUMNS = 2;

  private FileStatistics() {}

  /** Only what queries and the lake filter by: statistics cost time on every row. */
  static List<String> columns(TableSpec table) {
    return table.columns().stream()
        .map(TableSpec.Column::name)
        .filter(column -> !table.partitionedBy().contains(column))
        .limit(COLUMNS)
        .toList();
  }

  /** The rows of a file: how many, and the smallest and largest {@code ts_event}. */
  record Rows(long count, long firstTime, long lastTime) {}

  /** What the log holds of a file's rows; empty where another writer left it out. */
  static Optional<Rows> rows(String json) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      JsonNode all = JSON.readTree(json);
      JsonNode first = all.path("minValues").path("ts_event");
      JsonNode last = all.path("maxValues").path("ts_event");
      JsonNode count = all.path("numRecords");
      return first.isNumber() && last.isNumber() && count.isNumber()
          ? Optional.of(new Rows(count.longValue(), first.longValue(), last.longValue()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static String json(TableSpec table, ColumnFile file) {
    ObjectNode all = JSON.createObjectNode();
    all.put("numRecords", file.rows());
    ObjectNode smallest = all.putObject("minValues");
    ObjectNode largest = all.putObject("maxValues");
    ObjectNode nulls = all.putObject("nullCount");
    for (TableSpec.Column column : table.columns()) {
      if (columns(table).contains(column.name()) && column.type().equals(DataTypes.LongType)) {
        ColumnFile.Range range = file.range(column.name());
        nulls.put(column.name(), range.nulls());
        if (range.min() <= range.max()) {
          smallest.put(column.name(), range.min());
          largest.put(column.name(), range.max());
        }
      }
    }
    return all.toString();
  }
}
