package io.depthcast.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.depthcast.feed.lobster.LobsterPair;
import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.FullDisk;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was opened is closed where what follows fails. */
class OpenFilesTest {

  private static final String REFUSED = "cut or damaged";

  private final Configuration hadoop = new Configuration(false);
  @TempDir private Path folder;
  private int before;

  @BeforeEach
  void count() {
    hadoop.set("fs.full.impl", FullDisk.class.getName());
    hadoop.set("fs.file.impl", LocalFileSystem.class.getName());
    before = FullDisk.openFiles();
  }

  @AfterEach
  void noFileIsLeftOpen() {
    assertThat(FullDisk.openFiles()).isEqualTo(before);
  }

  @Test
  void theFilesOfASessionWhoseLastIsDamaged() throws IOException {
    List<String> files = List.of(gz("a.gz"), gz("b.gz"), file("c.gz", "no gzip"));
    try (OpenSession good = new OpenSession(hadoop, files.subList(0, 2))) {
      assertThat(FullDisk.openFiles()).isEqualTo(before + 2);
      assertThat(good.texts()).hasSize(2);
    }
    refuses(() -> new OpenSession(hadoop, files), REFUSED);
  }

  @Test
  void aTableOfSnapshotsWithoutAColumn() throws IOException {
    String csv = file("x.csv", "symbol,ts_ns\nX,1\n");
    SnapshotSource source = ConfigFile.shipped("sources/simulated.yaml").as(SnapshotSource.class);
    refuses(() -> SnapshotTable.of(hadoop, List.of(csv), source), "no column bid_price_1");
  }

  @Test
  void aParquetTableOfSnapshotsWithoutAColumn() throws IOException {
    MessageType columns =
        MessageTypeParser.parseMessageType(
            "message m { required binary symbol (STRING); required int64 ts_ns; }");
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path("file://" + folder + "/x.parquet");
    try (ParquetWriter<Group> rows =
        ExampleParquetWriter.builder(file).withConf(hadoop).withType(columns).build()) {
      rows.write(new SimpleGroup(columns).append("symbol", "X").append("ts_ns", 1L));
    }
    SnapshotSource source = ConfigFile.shipped("sources/simulated.yaml").as(SnapshotSource.class);
    String parquet = "full://" + folder.resolve("x.parquet");
    refuses(() -> SnapshotTable.of(hadoop, List.of(parquet), source), "no column bid_price_1");
  }

  @Test
  void theMessagesOfALobsterDayWhoseOrderbookIsDamaged() throws IOException {
    String damaged = file("orderbook.csv.gz", "no gzip");
    refuses(() -> LobsterFiles.read(hadoop, day(gz("message.csv.gz"), damaged), 0), REFUSED);
  }

  @Test
  void theFilesOfALobsterDayWhoseReaderRefusesItsArguments() throws IOException {
    LobsterFiles.Source day = day(gz("message.csv.gz"), gz("orderbook.csv.gz"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LobsterFiles.read(hadoop, day, 2));
  }

  private static LobsterFiles.Source day(String message, String orderbook) {
    return new LobsterFiles.Source(
        LobsterPair.named("SYN", LocalDate.of(2024, 1, 2), 34_200_000, 57_600_000, 1),
        new LobsterFiles.Location(message, ""),
        new LobsterFiles.Location(orderbook, ""));
  }

  private String file(String name, String text) throws IOException {
    return "full://" + Files.writeString(folder.resolve(name), text);
  }

  private String gz(String name) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("text\n".getBytes(StandardCharsets.UTF_8));
    }
    return "full://" + file;
  }

  private static void refuses(ThrowingCallable opening, String why) {
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(opening)
        .withMessageContaining(why);
  }
}
