package io.depthcast.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.VersionNotFoundException;

/**
 * The folder of Delta tables; the only reader and writer of Delta.
 *
 * <p>A lake remembers which version of each table it read and wrote, for the ledger. A lake that
 * {@linkplain #replaying replays} reads another lake at recorded versions and writes its own.
 */
public final class Lake {

  private static final String[] SLICE = {"venue", "symbol", "trade_date"};
  private static final List<String> LAYERS = List.of("bronze", "silver", "gold", "ops");
  private static final long FIRST_VERSION = 0;

  private final SparkSession spark;
  private final String root;
  private final String sourceRoot;
  private final Map<String, Long> sourceVersions;
  private final String userMetadata;
  private final Map<String, Long> read = new ConcurrentSkipListMap<>();
  private final Map<String, Long> written = new ConcurrentSkipListMap<>();
  private final Map<String, String> replaced = new ConcurrentSkipListMap<>();
  private final Map<String, String> filesRead = new TreeMap<>();

  private Lake(
      SparkSession spark,
      String root,
      String sourceRoot,
      Map<String, Long> sourceVersions,
      String userMetadata) {
    this.spark = spark;
    this.root = root;
    this.sourceRoot = sourceRoot;
    this.sourceVersions = sourceVersions;
    this.userMetadata = userMetadata;
  }

  /**
   * A lake at a folder, which may not exist yet.
   *
   * @param root local path or URI
   * @param userMetadata provenance stored with every commit
   */
  public static Lake open(SparkSession spark, String root, String userMetadata) {
    requireFolder(root);
    // Hadoop's form of a URI: Delta takes file:///lake and file:/lake for two places.
    String absolute =
        isUri(root)
            ? new org.apache.hadoop.fs.Path(root).toString()
            : Path.of(root).toAbsolutePath().normalize().toString();
    return new Lake(spark, absolute, absolute, Map.of(), userMetadata);
  }

  /**
   * Looks whether a local path is, or can become, a folder.
   *
   * @throws ConfigException if it is a file or lies below one
   */
  public static void requireFolder(String root) {
    if (isUri(root)) {
      return;
    }
    for (Path p = Path.of(root).toAbsolutePath().normalize(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p)) {
        return;
      }
      if (Files.exists(p)) {
        boolean itself = p.equals(Path.of(root).toAbsolutePath().normalize());
        throw new ConfigException(
            "--lake "
                + root
                + (itself ? " is a file" : " lies below the file " + p)
                + "; give a folder");
      }
    }
  }

  private static boolean isUri(String root) {
    return root.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
  }

  /** A lake that reads what this one held at the given versions and writes to another folder. */
  public Lake replaying(Map<String, Long> versions, String newRoot) {
    return new Lake(spark, newRoot, root, Map.copyOf(versions), userMetadata);
  }

  public SparkSession spark() {
    return spark;
  }

  public String root() {
    return root;
  }

  /** Path of something in the lake that is no table, for example a model's artifact. */
  public String path(String relative) {
    return root + "/" + relative;
  }

  /** Versions of the tables read so far. */
  public Map<String, Long> versionsRead() {
    return read;
  }

  /** Versions of the tables written so far. */
  public Map<String, Long> versionsWritten() {
    return written;
  }

  /** For each table written by replacing: the condition that selects what was replaced. */
  public Map<String, String> replaced() {
    return replaced;
  }

  /**
   * A table as it was at a version.
   *
   * @throws ConfigException if Delta has forgotten the version
   */
  public Dataset<Row> readAt(String table, long version) {
    try {
      return spark.read().format("delta").option("versionAsOf", version).load(location(table));
    } catch (Exception e) {
      // Exception: Spark throws checked ones without declaring them.
      if (e instanceof VersionNotFoundException) {
        throw new ConfigException(
            "Version "
                + version
                + " of table "
                + table
                + " is not in "
                + sourceRoot
                + " any more; Delta keeps versions for 30 days",
            e);
      }
      throw e;
    }
  }

  /** Notes a source file, with what identifies its content. */
  public void readFile(String file, String fingerprint) {
    filesRead.put(file, fingerprint);
  }

  /** Source files read so far. */
  public Map<String, String> filesRead() {
    return filesRead;
  }

  public boolean has(String table) {
    return exists(location(table));
  }

  /** Whether a commit is there; a killed first write leaves a log folder without one. */
  private boolean exists(String location) {
    return DeltaTable.isDeltaTable(spark, location) && newestVersion(location) >= FIRST_VERSION;
  }

  /** The whole table at its newest, or its replayed, version. */
  public Dataset<Row> read(String table) {
    String location = location(table);
    if (!exists(location)) {
      throw new ConfigException(
          "Table " + table + " does not exist in " + sourceRoot + "; run the job that writes it");
    }
    long version = version(table);
    read.put(table, version);
    return readAt(table, version);
  }

  /** The rows of the slices that the arguments name. */
  public Dataset<Row> read(String table, Arguments arguments) {
    return read(table).where(condition(arguments));
  }

  /**
   * Slices of a table in order.
   *
   * @throws ConfigException if there are none
   */
  public List<Slice> slices(String table, Arguments arguments) {
    List<Slice> slices =
        read(table, arguments)
            .select(col("venue"), col("symbol"), col("trade_date"))
            .distinct()
            .collectAsList()
            .stream()
            .map(Slice::of)
            .sorted()
            .toList();
    if (slices.isEmpty()) {
      throw new ConfigException(
          "Table "
              + table
              + " has no slice for "
              + arguments
              + "; check --symbol, --from and --to");
    }
    return slices;
  }

  /**
   * Rows such that each partition holds whole slices, each in order of seq.
   *
   * <p>A slice is written as one file in order of seq, and the session reads a file as one
   * partition, so this is a plain scan; where a slice has more files (after OPTIMIZE with other
   * tools, say) the rows are shuffled and sorted.
   */
  public Dataset<Row> inOrder(Dataset<Row> rows, int slices) {
    if (rows.inputFiles().length <= slices) {
      return rows;
    }
    return rows.repartition(columns(SLICE))
        .sortWithinPartitions(col("venue"), col("symbol"), col("trade_date"), col("seq"));
  }

  /** Replaces slices of a table in one transaction; a slice without rows becomes empty. */
  public void replace(TableSpec table, Collection<Slice> slices, Dataset<Row> rows) {
    replaceWhere(table, Slice.predicate(slices), rows);
  }

  /**
   * Replaces slices of several tables, one transaction a table, beside each other: planning and
   * committing a table leaves most cores idle.
   */
  public void replaceAll(Collection<Slice> slices, Map<TableSpec, Dataset<Row>> rows) {
    ExecutorService pool = Executors.newFixedThreadPool(rows.size());
    try {
      List<Callable<Void>> writes = new ArrayList<>();
      rows.forEach(
          (table, of) ->
              writes.add(
                  () -> {
                    replace(table, slices, of);
                    return null;
                  }));
      // invokeAll waits for every write, so that none commits after the job has reported a failure.
      for (Future<Void> write : pool.invokeAll(writes)) {
        write.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Writing was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      pool.shutdown();
    }
  }

  /** Replaces what a condition selects in one transaction. */
  public void replaceWhere(TableSpec table, String condition, Dataset<Row> rows) {
    DataFrameWriter<Row> writer = writer(table, rows);
    if (create(table)) {
      // Nothing to replace: an append commits the same rows without looking for old ones.
      writer.mode("append").save(target(table.name()));
    } else {
      writer.mode("overwrite").option("replaceWhere", condition).save(target(table.name()));
    }
    written.put(table.name(), newestVersion(target(table.name())));
    replaced.put(table.name(), condition);
  }

  /** Adds rows. */
  public void append(TableSpec table, Dataset<Row> rows) {
    create(table);
    writer(table, rows).mode("append").save(target(table.name()));
    written.put(table.name(), newestVersion(target(table.name())));
  }

  /** Makes the tables of the lake known to SQL under their names, {@code layer.table}. */
  public void register(Collection<String> tables) {
    for (String table : tables) {
      spark.sql("CREATE DATABASE IF NOT EXISTS " + table.substring(0, table.indexOf('.')));
      spark.sql(
          "CREATE TABLE " + table + " USING delta LOCATION " + Slice.literal(location(table)));
    }
  }

  /** Takes back {@link #register}: another lake of the session has tables of the same names. */
  public void unregister(Collection<String> tables) {
    tables.forEach(table -> spark.sql("DROP TABLE " + table));
  }

  /** Names of the tables that are there, in order. */
  public List<String> tables() {
    List<String> tables = new ArrayList<>();
    for (String layer : LAYERS) {
      for (FileStatus entry : list(new org.apache.hadoop.fs.Path(root, layer))) {
        String table = layer + "." + entry.getPath().getName();
        if (has(table)) {
          tables.add(table);
        }
      }
    }
    tables.sort(null);
    return tables;
  }

  /** Data files of a table that no retained version refers to. */
  public record Unused(long files, long bytes) {}

  /**
   * Removes the data files of a table that none of its versions of the last hours refers to, by
   * Delta's VACUUM. A file younger than that stays, as a job may be about to commit it.
   *
   * @param retainHours 0 or more; below the time that a job takes only if no job is running
   * @param dryRun only look
   */
  public Unused vacuum(String table, long retainHours, boolean dryRun) {
    requireTombstones(table, retainHours);
    SparkSession session = spark.newSession();
    // Delta would refuse less than the table's own retention; what is safe is the caller's rule.
    session.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    // Delta lists folders in so many tasks, 10,000 if nobody says.
    session
        .conf()
        .set(
            "spark.sql.sources.parallelPartitionDiscovery.parallelism",
            String.valueOf(spark.sparkContext().defaultParallelism()));
    String vacuum = "VACUUM delta.`" + target(table) + "` RETAIN " + retainHours + " HOURS";
    List<Row> found = session.sql(vacuum + " DRY RUN").collectAsList();
    Unused unused = unused(found);
    if (!dryRun && !found.isEmpty()) {
      // Delta prints a line of its own to standard output.
      scala.Console.withOut(OutputStream.nullOutputStream(), () -> session.sql(vacuum));
    }
    return unused;
  }

  /** Delta forgets after a while which files were replaced when, and would then remove too many. */
  private void requireTombstones(String table, long retainHours) {
    long kept =
        TimeUnit.MILLISECONDS.toHours(
            DeltaLog.tombstoneRetentionMillis(
                DeltaLog.forTable(spark, target(table))
                    .update(false, scala.Option.empty(), scala.Option.empty())
                    .metadata()));
    if (retainHours > kept) {
      throw new ConfigException(
          "Table "
              + table
              + " keeps account of replaced files for "
              + kept
              + " hours, not for "
              + retainHours
              + "; give --retain-hours "
              + kept
              + " or less");
    }
  }

  private Unused unused(List<Row> found) {
    long files = 0;
    long bytes = 0;
    try {
      for (Row row : found) {
        var path = new org.apache.hadoop.fs.Path(row.getString(0));
        FileStatus status =
            path.getFileSystem(spark.sessionState().newHadoopConf()).getFileStatus(path);
        if (status.isFile()) {
          files++;
          bytes += status.getLen();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Unused(files, bytes);
  }

  private FileStatus[] list(org.apache.hadoop.fs.Path folder) {
    try {
      FileSystem fs = folder.getFileSystem(spark.sessionState().newHadoopConf());
      return fs.exists(folder) ? fs.listStatus(folder) : new FileStatus[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates a table that is not there; answers whether it did. */
  private boolean create(TableSpec table) {
    String location = target(table.name());
    if (exists(location)) {
      requireSame(table, location);
      return false;
    }
    clear(location);
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(location)
            .addColumns(table.schema())
            .property("delta.dataSkippingStatsColumns", statistics(table))
            .property("delta.checkpointInterval", "20")
            // As long as Delta keeps its log: how far back a version can be kept (vacuum).
            .property("delta.deletedFileRetentionDuration", "interval 30 days");
    if (!table.partitionedBy().isEmpty()) {
      builder = builder.partitionedBy(table.partitionedBy().toArray(String[]::new));
    }
    for (Map.Entry<String, String> check : new TreeMap<>(table.checks()).entrySet()) {
      builder = builder.property("delta.constraints." + check.getKey(), check.getValue());
    }
    builder.execute();
    return true;
  }

  /**
   * Removes a log without a commit, which a killed first write left and Delta would take for a
   * table; a folder without a log is somebody else's and stays.
   */
  private void clear(String location) {
    var folder = new org.apache.hadoop.fs.Path(location);
    try {
      FileSystem fs = folder.getFileSystem(spark.sessionState().newHadoopConf());
      if (!fs.exists(folder)) {
        return;
      }
      FileStatus[] entries = fs.listStatus(folder);
      if (entries.length > 0 && !fs.exists(new org.apache.hadoop.fs.Path(folder, "_delta_log"))) {
        throw new ConfigException(
            location
                + " is no table of Depthcast but holds "
                + entries[0].getPath().getName()
                + "; use another --lake or remove the folder");
      }
      fs.delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only what queries and this class filter by: statistics cost time on every row. */
  private static String statistics(TableSpec table) {
    return Arrays.stream(table.columnNames())
        .filter(c -> !table.partitionedBy().contains(c))
        .limit(2)
        .reduce((a, b) -> a + "," + b)
        .orElseThrow();
  }

  private void requireSame(TableSpec table, String location) {
    List<String> present =
        List.of(
            DeltaLog.forTable(spark, location)
                .update(false, scala.Option.empty(), scala.Option.empty())
                .schema()
                .fieldNames());
    List<String> wanted = List.of(table.columnNames());
    if (!present.equals(wanted)) {
      String difference =
          wanted.stream()
              .filter(c -> !present.contains(c))
              .findFirst()
              .map(c -> "no column " + c)
              .orElseGet(
                  () ->
                      "a column "
                          + present.stream()
                              .filter(c -> !wanted.contains(c))
                              .findFirst()
                              .orElse("in another place"));
      throw new ConfigException(
          "Table "
              + table.name()
              + " in "
              + root
              + " has "
              + difference
              + "; it was written with another configuration: use another --lake or another set name");
    }
  }

  private DataFrameWriter<Row> writer(TableSpec table, Dataset<Row> rows) {
    for (TableSpec.Column column : table.columns()) {
      if (column.continuous()) {
        // Delta hands no Parquet options on; Parquet's own setting by column reaches it this way.
        spark.conf().set("parquet.enable.dictionary#" + column.name(), "false");
      }
    }
    return rows.select(columns(table.columnNames()))
        .write()
        .format("delta")
        .option("userMetadata", userMetadata);
  }

  private long version(String table) {
    if (!isReplay(table)) {
      return newestVersion(location(table));
    }
    return sourceVersions.getOrDefault(table, FIRST_VERSION);
  }

  private boolean isReplay(String table) {
    return !written.containsKey(table) && !root.equals(sourceRoot);
  }

  private long newestVersion(String location) {
    return DeltaLog.forTable(spark, location)
        .update(false, scala.Option.empty(), scala.Option.empty())
        .version();
  }

  private String location(String table) {
    return (isReplay(table) ? sourceRoot : root) + "/" + table.replace('.', '/');
  }

  private String target(String table) {
    return root + "/" + table.replace('.', '/');
  }

  private static Column condition(Arguments arguments) {
    Column condition = lit(true);
    if (!arguments.symbols().isEmpty()) {
      condition = condition.and(col("symbol").isin(arguments.symbols().toArray()));
    }
    if (arguments.from() != null) {
      condition = condition.and(expr("trade_date >= DATE'" + arguments.from() + "'"));
    }
    if (arguments.to() != null) {
      condition = condition.and(expr("trade_date <= DATE'" + arguments.to() + "'"));
    }
    return condition;
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
  }
}
