package io.depthcast.feed.lobster;

import io.depthcast.book.BookBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.zip.ZipFile;

/** LOBSTER's sample day of GOOG, 2012-06-21, as the zips that LOBSTER ships. */
public final class GoogleSample {

  private GoogleSample() {}

  /** Where the zip lies, if anywhere; there are 1, 5 and 10 levels. */
  public static Path file(int levels) {
    return Path.of(
        System.getProperty("depthcast.root"),
        "../shared/data/lobster/LOBSTER_SampleFile_GOOG_2012-06-21_" + levels + ".zip");
  }

  /** Gives all rows in order, in a batch that is filled again and again. */
  public static void read(int levels, Consumer<BookBatch> rows) throws IOException {
    LobsterPair pair =
        LobsterPair.named("GOOG", LocalDate.of(2012, 6, 21), 34_200_000, 57_600_000, levels);
    try (ZipFile zip = new ZipFile(file(levels).toFile());
        LobsterReader reader =
            new LobsterReader(
                pair,
                zip.getInputStream(zip.getEntry(pair.message().fileName())),
                zip.getInputStream(zip.getEntry(pair.orderbook().fileName())),
                0)) {
      BookBatch batch = new BookBatch(4096, levels);
      while (reader.next(batch)) {
        rows.accept(batch);
      }
    }
  }
}
