package io.depthcast.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.delta.tables.DeltaTable;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Console;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionNotFoundException;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.util.SerializableConfiguration;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * The folder of Delta tables; the only reader and writer of Delta.
 *
 * <p>A lake remembers which version of each table it read and wrote, for the ledger. A lake that
 * {@linkplain #replaying replays} reads another lake at recorded versions and writes its own.
 */
public final class Lake {

  private static final int PROGRESS_SECONDS = 5;
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
  private final Map<String, String> recordedFiles;

  private Lake(
      SparkSession spark,
      String root,
      String sourceRoot,
      Map<String, Long> sourceVersions,
      Map<String, String> recordedFiles,
      String userMetadata) {
    this.spark = spark;
    this.root = root;
    this.sourceRoot = sourceRoot;
    this.sourceVersions = sourceVersions;
    this.recordedFiles = recordedFiles;
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
    return new Lake(spark, absolute, absolute, Map.of(), Map.of(), userMetadata);
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

  /**
   * A lake that reads what this one held at the given versions and writes to another folder.
   *
   * @param files what the run that is replayed noted with {@link #readFile}
   */
  public Lake replaying(Map<String, Long> versions, Map<String, String> files, String newRoot) {
    return new Lake(spark, newRoot, root, Map.copyOf(versions), Map.copyOf(files), userMetadata);
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

  /** The same for what is read; of a replay, in the lake that is replayed. */
  public String sourcePath(String relative) {
    return sourceRoot + "/" + relative;
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
    return remembered(
        table,
        version,
        () -> spark.read().format("delta").option("versionAsOf", version).load(location(table)));
  }

  private <T> T remembered(String table, long version, Supplier<T> read) {
    try {
      return read.get();
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

  /** Where a run is replayed, what it noted with {@link #readFile}; else empty. */
  public Map<String, String> recordedFiles() {
    return recordedFiles;
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
    requireTable(table);
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
    return List.copyOf(filesBySlice(table, arguments).keySet());
  }

  /** Files of a table by slice, in order, from the log alone. */
  private NavigableMap<Slice, List<AddFile>> filesBySlice(String table, Arguments arguments) {
    String location = requireTable(table);
    NavigableMap<Slice, List<AddFile>> files = new TreeMap<>();
    long version = version(table);
    read.put(table, version);
    DeltaLog log = DeltaLog.forTable(spark, location);
    Snapshot snapshot =
        remembered(
            table, version, () -> log.getSnapshotAt(version, Option.empty(), Option.empty()));
    for (AddFile file : snapshot.allFiles().collectAsList()) {
      Slice slice = Slice.of(JavaConverters.mapAsJavaMap(file.partitionValues()));
      if (arguments.include(slice.symbol(), slice.tradeDate())) {
        files.computeIfAbsent(slice, s -> new ArrayList<>()).add(file);
      }
    }
    if (files.isEmpty()) {
      throw new ConfigException(
          "Table "
              + table
              + " has no slice for "
              + arguments
              + "; check --symbol, --from and --to");
    }
    return files;
  }

  private String requireTable(String table) {
    String location = location(table);
    if (!exists(location)) {
      throw new ConfigException(
          "Table " + table + " does not exist in " + sourceRoot + "; run the job that writes it");
    }
    return location;
  }

  /**
   * The slices of {@code silver.book} that the arguments name, in order, each to be read by one
   * task.
   *
   * @param levels levels a side to read
   * @param events whether to read the events of the rows as well
   */
  public List<BookFiles> books(Arguments arguments, int levels, boolean events) {
    return books(arguments, levels, events, BookBlocks.NONE);
  }

  /**
   * The slices of {@code silver.book} that the arguments name, in order, the long ones cut into
   * blocks, each to be read by one task.
   *
   * @param levels levels a side to read
   * @param events whether to read the events of the rows as well
   */
  public List<BookFiles> books(Arguments arguments, int levels, boolean events, BookBlocks blocks) {
    String location = requireTable("silver.book");
    BookFormat format = new BookFormat(spark, levels, events);
    return filesBySlice("silver.book", arguments).entrySet().stream()
        .flatMap(slice -> blocks.of(slice.getKey(), location, slice.getValue(), format).stream())
        .toList();
  }

  /**
   * Replaces slices by what tasks write, column by column, without Spark's rows in between: a task
   * for each input. Nothing is committed before all have ended; then each table is, in one
   * transaction.
   *
   * <p>Nothing changes, and no table is made, where no task begins a slice.
   *
   * <p>Books of all depths share {@code silver.book}, which has the levels of the deepest: a deeper
   * one deepens the table, of others the levels that they do not have are null.
   *
   * @param tables tables partitioned by slice; a slice that a task begins is replaced in all
   * @return what the tasks answer, in the order of the inputs
   * @throws DataContractException if two tasks begin the same slice, or the same part of one
   */
  public <I extends Serializable, T> List<T> replaceSlices(
      List<TableSpec> tables, List<I> inputs, SliceTask<I, T> task) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    return replaceSlices(tables, context.parallelize(inputs, Math.max(1, inputs.size())), task);
  }

  /** As the other, with inputs that are made in the tasks. */
  public <I, T> List<T> replaceSlices(
      List<TableSpec> tables, JavaRDD<I> inputs, SliceTask<I, T> task) {
    tables.forEach(this::requireReplaceable);
    List<SliceFiles.Target> targets =
        tables.stream()
            .map(t -> new SliceFiles.Target(t, target(t.name()), RowChecks.of(spark, t)))
            .toList();
    String writeId = UUID.randomUUID().toString();
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    var hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    List<Written<T>> written;
    try {
      written =
          collect(
              inputs.map(input -> run(task, input, hadoop.value().value(), targets, writeId)),
              "inputs");
    } catch (RuntimeException | Error failure) {
      discard(tables, writeId, failure);
      throw failure;
    }
    List<Slice> slices;
    try {
      slices = slices(written.stream().flatMap(w -> w.parts().stream()).toList());
    } catch (RuntimeException wrongParts) {
      discard(tables, writeId, wrongParts);
      throw wrongParts;
    }
    for (TableSpec table : slices.isEmpty() ? List.<TableSpec>of() : tables) {
      commit(
          table,
          slices,
          written.stream()
              .flatMap(w -> w.files().stream())
              .filter(f -> f.table().equals(table.name()))
              .toList());
    }
    return written.stream().map(Written::answer).toList();
  }

  /** The slices that the parts make up, in the order in which they are first met. */
  private static List<Slice> slices(List<SlicePart> parts) {
    Map<Slice, Set<SlicePart>> bySlice = new LinkedHashMap<>();
    for (SlicePart part : parts) {
      Set<SlicePart> others = bySlice.computeIfAbsent(part.slice(), slice -> new HashSet<>());
      if (others.stream().anyMatch(other -> other.count() != part.count()) || !others.add(part)) {
        throw new DataContractException(
            part.slice()
                + " comes from two inputs; give one of them, or captures of one session"
                + " together in one folder or glob");
      }
    }
    bySlice.forEach(
        (slice, its) -> {
          int count = its.iterator().next().count();
          if (its.size() < count) {
            throw new IllegalStateException(
                slice + ": " + its.size() + " of " + count + " parts were written");
          }
        });
    return List.copyOf(bySlice.keySet());
  }

  /**
   * The answers of all tasks, in their order; says now and then how many are done.
   *
   * @param what what a task is to a person, in the plural
   */
  public <T> List<T> collect(JavaRDD<T> tasks, String what) {
    JavaFutureAction<List<T>> answers = tasks.collectAsync();
    try {
      while (true) {
        try {
          return answers.get(PROGRESS_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException goesOn) {
          Console.progress("          " + done(answers) + " " + what + " done");
        }
      }
    } catch (InterruptedException e) {
      answers.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Writing was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Tasks that are done, of all of the job's stages. */
  private String done(JavaFutureAction<?> job) {
    SparkStatusTracker tracker = spark.sparkContext().statusTracker();
    int done = 0;
    int all = 0;
    for (int id : job.jobIds()) {
      Option<SparkJobInfo> info = tracker.getJobInfo(id);
      for (int stage : info.isEmpty() ? new int[0] : info.get().stageIds()) {
        Option<SparkStageInfo> tasks = tracker.getStageInfo(stage);
        done += tasks.isEmpty() ? 0 : tasks.get().numCompletedTasks();
        all += tasks.isEmpty() ? 0 : tasks.get().numTasks();
      }
    }
    return done + " of " + all;
  }

  private record Written<T>(T answer, List<SlicePart> parts, List<SliceFile> files)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private static <I, T> Written<T> run(
      SliceTask<I, T> task,
      I input,
      Configuration hadoop,
      List<SliceFiles.Target> targets,
      String writeId)
      throws Exception {
    SliceFiles out = new SliceFiles(hadoop, targets, writeId);
    try {
      T answer = task.write(input, out);
      return new Written<>(answer, out.parts(), out.finish());
    } catch (Exception | Error failure) {
      try {
        out.discard();
      } catch (IOException | RuntimeException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  /**
   * Deletes what tasks have written for a job that failed. What cannot be deleted is seen by no
   * reader, and vacuum finds it.
   */
  private void discard(List<TableSpec> tables, String writeId, Throwable failure) {
    try {
      for (TableSpec table : tables) {
        discard(table, writeId);
      }
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void discard(TableSpec table, String writeId) throws IOException {
    var folder = new org.apache.hadoop.fs.Path(target(table.name()));
    FileSystem fs = fileSystem(folder);
    if (!fs.exists(folder)) {
      return;
    }
    var files = fs.listFiles(folder, true);
    while (files.hasNext()) {
      var file = files.next().getPath();
      if (file.getName().startsWith(writeId)) {
        fs.delete(file, false);
        removeEmptyFolders(fs, file.getParent(), table.partitionedBy().size() + 2);
      }
    }
  }

  /** Deletes a folder and those above it as far as they are empty, so many at the most. */
  static void removeEmptyFolders(FileSystem fs, org.apache.hadoop.fs.Path folder, int most)
      throws IOException {
    var at = folder;
    for (int i = 0; i < most && fs.exists(at) && fs.listStatus(at).length == 0; i++) {
      fs.delete(at, false);
      at = at.getParent();
    }
  }

  /** One transaction: the table if it is not there, the slices' old files out, new ones in. */
  private void commit(TableSpec table, List<Slice> slices, List<SliceFile> files) {
    String location = target(table.name());
    long now = System.currentTimeMillis();
    String condition = Slice.predicate(slices);
    boolean there = exists(location);
    OptimisticTransaction transaction =
        DeltaLog.forTable(spark, location).startTransaction(Option.empty(), Option.empty());
    List<Action> actions = new ArrayList<>();
    if (there) {
      deepen(table, transaction);
      Set<scala.collection.immutable.Map<String, String>> partitions =
          slices.stream().map(slice -> scalaMap(slice.partition())).collect(Collectors.toSet());
      JavaConverters.seqAsJavaList(transaction.filterFiles(scalaSet(partitions)))
          .forEach(old -> actions.add(old.removeWithTimestamp(now, true)));
    } else {
      transaction.updateMetadataForNewTable(metadata(table, now));
    }
    for (SliceFile file : files) {
      actions.add(
          new AddFile(
              file.path(),
              scalaMap(file.slice().partition()),
              file.bytes(),
              file.modified(),
              true,
              file.statistics(),
              file.tags().isEmpty() ? null : scalaMap(file.tags()),
              null,
              Option.empty(),
              Option.empty(),
              Option.empty()));
    }
    transaction.commit(
        JavaConverters.asScalaBuffer(actions).toSeq(),
        new DeltaOperations.Write(
            SaveMode.Overwrite,
            Option.apply(JavaConverters.asScalaBuffer(table.partitionedBy()).toSeq()),
            Option.apply(condition),
            Option.apply(userMetadata)));
    written.put(table.name(), newestVersion(location));
    replaced.put(table.name(), condition);
  }

  static <K, V> scala.collection.immutable.Map<K, V> scalaMap(Map<K, V> map) {
    return JavaConverters.mapAsScalaMap(map).toMap(scala.Predef.$conforms());
  }

  private static <T> scala.collection.immutable.Set<T> scalaSet(Set<T> set) {
    return JavaConverters.asScalaSet(set).toSet();
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
    requireOurs(table, location);
    if (exists(location)) {
      return false;
    }
    OptimisticTransaction transaction =
        DeltaLog.forTable(spark, location).startTransaction(Option.empty(), Option.empty());
    Metadata metadata = metadata(table, System.currentTimeMillis());
    transaction.updateMetadataForNewTable(metadata);
    transaction.commit(
        JavaConverters.asScalaBuffer(List.<Action>of()).toSeq(),
        new DeltaOperations.CreateTable(metadata, false, false, Option.empty()));
    return true;
  }

  /** As {@link #requireOurs}, but that a book may have other levels than the table. */
  private void requireReplaceable(TableSpec table) {
    String location = target(table.name());
    boolean areBooks =
        Tables.bookLevels(table.columnNames()) > 0
            && exists(location)
            && Tables.bookLevels(columnsOf(location)) > 0;
    if (!areBooks) {
      requireOurs(table, location);
    }
  }

  /** Adds the levels that a table lacks; of rows written before they are null. */
  private static void deepen(TableSpec table, OptimisticTransaction transaction) {
    Metadata present = transaction.metadata();
    int levels = Tables.bookLevels(present.schema().fieldNames());
    if (levels < Tables.bookLevels(table.columnNames())) {
      transaction.updateMetadata(
          new Metadata(
              present.id(),
              present.name(),
              present.description(),
              present.format(),
              table.schema().json(),
              present.partitionColumns(),
              present.configuration(),
              present.createdTime()),
          false);
    }
  }

  private static Metadata metadata(TableSpec table, long now) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(
        "delta.dataSkippingStatsColumns", String.join(",", FileStatistics.columns(table)));
    properties.put("delta.checkpointInterval", "20");
    // As long as Delta keeps its log: how far back a version can be kept (vacuum).
    properties.put("delta.deletedFileRetentionDuration", "interval 30 days");
    table.checks().forEach((name, check) -> properties.put("delta.constraints." + name, check));
    return new Metadata(
        UUID.randomUUID().toString(),
        null,
        null,
        new Format("parquet", scalaMap(Map.of())),
        table.schema().json(),
        JavaConverters.asScalaBuffer(table.partitionedBy()).toSeq(),
        scalaMap(properties),
        Option.apply(now));
  }

  /**
   * Looks whether a table that is there is the one that is wanted, and whether a folder without a
   * table may become one: it is empty, or holds nothing but what a killed first write left.
   */
  private void requireOurs(TableSpec table, String location) {
    if (exists(location)) {
      requireSame(table, location);
      return;
    }
    var folder = new org.apache.hadoop.fs.Path(location);
    try {
      FileSystem fs = fileSystem(folder);
      if (!fs.exists(folder)) {
        return;
      }
      var log = new org.apache.hadoop.fs.Path(folder, "_delta_log");
      if (fs.exists(log)) {
        // A log without a commit, which Delta would take for a table.
        fs.delete(log, true);
        return;
      }
      for (FileStatus entry : fs.listStatus(folder)) {
        String name = entry.getPath().getName();
        if (table.partitionedBy().isEmpty()
            || !name.startsWith(table.partitionedBy().get(0) + "=")) {
          throw new ConfigException(
              location
                  + " is no table of Depthcast but holds "
                  + name
                  + "; use another --lake or remove the folder");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileSystem fileSystem(org.apache.hadoop.fs.Path path) throws IOException {
    return path.getFileSystem(spark.sessionState().newHadoopConf());
  }

  private void requireSame(TableSpec table, String location) {
    List<String> present = List.of(columnsOf(location));
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

  private String[] columnsOf(String location) {
    return DeltaLog.forTable(spark, location)
        .update(false, scala.Option.empty(), scala.Option.empty())
        .schema()
        .fieldNames();
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
