package io.depthcast.jobs.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB in memory whose callers' threads do the work: as many tasks at a time as threads, each
 * on a connection of its own.
 */
final class DuckDb implements AutoCloseable {

  /** What is done for one item. */
  interface Work<T> {
    void run(Statement statement, T item) throws Exception;
  }

  private final DuckDBConnection database;
  private final int threads;

  DuckDb(int threads) throws SQLException {
    this.threads = threads;
    database = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = database.createStatement()) {
      statement.execute("SET threads = " + threads);
      statement.execute("SET external_threads = " + threads);
    }
  }

  String version() throws SQLException {
    return query("SELECT version()").get(0).get(0);
  }

  /** The rows of a query as text. */
  List<List<String>> query(String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> found = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        found.add(row);
      }
      return found;
    }
  }

  <T> void forEach(List<T> items, Work<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (T item : items) {
        running.add(
            pool.submit(
                () -> {
                  try (Connection own = database.duplicate();
                      Statement statement = own.createStatement()) {
                    work.run(statement, item);
                  }
                  return null;
                }));
      }
      for (Future<?> task : running) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      pool.shutdownNow();
    }
  }

  /** Snappy, as Spark and Delta write by default. */
  static void copy(Statement statement, String query, Path file) throws Exception {
    Files.createDirectories(file.getParent());
    statement.execute(
        "COPY (" + query + ") TO '" + file + "' (FORMAT parquet, COMPRESSION snappy)");
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
