package io.depthcast.jobs.source;

import io.depthcast.book.BookBatch;
import io.depthcast.feed.RejectedRow;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.jobs.source.LobsterFiles.Source;
import io.depthcast.jobs.table.Slice;
import io.depthcast.quality.SuspectWindow;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a symbol-day's files hold beside its rows, found before anything is written.
 *
 * @param slice the symbol-day
 * @param rows rows accepted
 * @param rejected rows of {@code silver.rejected}
 * @param suspectWindows rows of {@code silver.suspect_windows}
 * @param fingerprints checksum by file
 */
public record LobsterInspection(
    Slice slice,
    long rows,
    List<Row> rejected,
    List<Row> suspectWindows,
    Map<String, String> fingerprints)
    implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int ROWS = 4096;

  /**
   * Reads every symbol-day below a path to its end, in parallel.
   *
   * @throws io.depthcast.quality.DataContractException if a file breaks a promise, or has more bad
   *     rows than allowed
   */
  public static List<LobsterInspection> of(
      SparkSession spark, String path, double maxRejectedShare) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    List<Source> sources = LobsterFiles.find(hadoop, path);
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    var shared = context.broadcast(new SerializableConfiguration(hadoop));
    return context
        .parallelize(sources, sources.size())
        .map(source -> inspect(shared.value().value(), source, maxRejectedShare))
        .collect();
  }

  private static LobsterInspection inspect(
      Configuration hadoop, Source source, double maxRejectedShare) throws IOException {
    Slice slice = new Slice(LobsterTable.VENUE, source.pair().symbol(), source.pair().date());
    try (LobsterReader reader = LobsterFiles.read(hadoop, source, maxRejectedShare)) {
      BookBatch batch = new BookBatch(ROWS, source.pair().levels());
      boolean more;
      do {
        more = reader.next(batch);
      } while (more);
      return new LobsterInspection(
          slice,
          reader.rowsAccepted(),
          reader.rejected().stream().map(r -> row(slice, r)).toList(),
          reader.suspectWindows().stream().map(w -> row(slice, w)).toList(),
          Map.of(
              source.pair().message().fileName(), crc(reader.messageChecksum()),
              source.pair().orderbook().fileName(), crc(reader.orderbookChecksum())));
    }
  }

  private static Row row(Slice slice, RejectedRow rejected) {
    return RowFactory.create(
        slice.venue(),
        slice.symbol(),
        java.sql.Date.valueOf(slice.tradeDate()),
        rejected.sourceFile(),
        rejected.lineNo(),
        rejected.reason(),
        rejected.payload());
  }

  private static Row row(Slice slice, SuspectWindow window) {
    return RowFactory.create(
        slice.venue(),
        slice.symbol(),
        java.sql.Date.valueOf(slice.tradeDate()),
        window.seqFirst(),
        window.seqLast(),
        window.tsFirst(),
        window.tsLast(),
        window.cause().column(),
        window.detail());
  }

  private static String crc(long checksum) {
    return String.format("crc32c:%08x", checksum);
  }
}
