package io.depthcast.jobs.source;

import io.depthcast.jobs.ConfigException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * LOBSTER files as a Spark data source: {@code spark.read().format("lobster").load(path)}.
 *
 * <p>The path is a file, a folder or a glob of message and orderbook pairs, plain, gzipped or in
 * zips as LOBSTER ships them. One row a message, with the book after it; each partition is one
 * symbol-day in order. See {@link LobsterTable#schema(int)} for the columns.
 *
 * <p>Options: {@code levels}, levels a side in the rows (default: the most that any file has);
 * {@code maxRejectedShare}, share of the rows of a file that may be bad and are left out (default
 * 0: the first bad row fails the read with its file, line and value).
 */
public final class LobsterSource implements TableProvider, DataSourceRegister {

  @Override
  public String shortName() {
    return "lobster";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return table(options).schema();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return table(new CaseInsensitiveStringMap(properties));
  }

  private static LobsterTable table(CaseInsensitiveStringMap options) {
    String path = options.get("path");
    if (path == null) {
      throw new ConfigException("format(\"lobster\") needs a path: load(path)");
    }
    double share = options.getDouble("maxRejectedShare", 0);
    if (!(share >= 0 && share <= 1)) {
      throw new ConfigException("Invalid maxRejectedShare: " + share + " (must be 0 to 1)");
    }
    Configuration hadoop = SparkSession.active().sessionState().newHadoopConf();
    var sources = LobsterFiles.find(hadoop, path);
    int deepest = sources.stream().mapToInt(s -> s.pair().levels()).max().orElseThrow();
    int levels = options.getInt("levels", deepest);
    if (levels < 1) {
      throw new ConfigException("Invalid levels: " + levels + " (must be 1 or more)");
    }
    return new LobsterTable(sources, levels, share);
  }
}
