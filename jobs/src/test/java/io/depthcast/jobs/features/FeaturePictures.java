package io.depthcast.jobs.features;

import io.depthcast.book.BookBatch;
import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.Instrument;
import io.depthcast.exchange.LobsterRecorder;
import io.depthcast.exchange.OrderFlow;
import io.depthcast.exchange.PlantedSignal;
import io.depthcast.features.Feature;
import io.depthcast.features.FeatureFamily;
import io.depthcast.features.FeatureSet;
import io.depthcast.features.Mid;
import io.depthcast.feed.lobster.LobsterPair;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.fitted.FeatureFit;
import io.depthcast.fitted.FittedFamily;
import io.depthcast.fitted.FittedFeature;
import io.depthcast.jobs.LobsterFolder;
import io.depthcast.jobs.page.SvgPanels;
import io.depthcast.jobs.page.SvgPanels.Line;
import io.depthcast.jobs.page.SvgPanels.Panel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A picture of each family: the mid, and below it a column, over the last events of a session. */
final class FeaturePictures {

  static final int EVENTS = 300;

  private static final int LEVELS = 10;
  private static final int BATCH = 4096;

  /** Long enough for the longest warm-up, of an hour. */
  private static final ExchangeSession SESSION =
      new ExchangeSession(
          new Instrument("SYN", 100, 10_000, OrderFlow.SMALL_TICK),
          LocalDate.of(2024, 1, 2),
          3700,
          3,
          new PlantedSignal(0.5, 11),
          List.of());

  private FeaturePictures() {}

  /**
   * The pictures by the name of the family.
   *
   * @param families the first of each kind is drawn
   */
  static Map<String, String> draw(List<FeatureFamily> families) throws IOException {
    List<FeatureFamily> shown = new ArrayList<>();
    for (FeatureFamily family : families) {
      if (shown.stream().noneMatch(other -> other.getClass() == family.getClass())) {
        shown.add(family);
      }
    }
    FeatureSet set = new FeatureSet(shown);
    Tail tail = tail(set);
    double[] mid = tail.columns[set.columns().indexOf(new Mid().produces().get(0))];
    Map<String, String> pictures = new TreeMap<>();
    int first = 0;
    for (FeatureFamily family : shown) {
      String name = FamilyText.name(family);
      List<Feature> columns = family.produces();
      double[][] values = Arrays.copyOfRange(tail.columns, first, first + columns.size());
      pictures.put(name, picture(family, values, mid, tail.firstSeq));
      first += columns.size();
    }
    return pictures;
  }

  private static String picture(
      FeatureFamily family, double[][] values, double[] mid, long firstSeq) {
    List<Panel> panels = new ArrayList<>();
    Feature price = new Mid().produces().get(0);
    panels.add(new Panel(price.unit(), List.of(new Line(price.name(), mid))));
    String title = "mid over " + EVENTS + " events of a simulated session";
    if (!(family instanceof Mid)) {
      Panel panel = panel(family, values);
      panels.add(panel);
      title = panel.lines().get(0).name() + " and " + title;
    }
    return new SvgPanels(title, "event of the session", firstSeq, panels).html();
  }

  /** The first column that has a value, and with that of the bid that of the ask. */
  private static Panel panel(FeatureFamily family, double[][] values) {
    List<String> names = family.produces().stream().map(Feature::name).toList();
    for (int c = 0; c < values.length; c++) {
      if (Arrays.stream(values[c]).anyMatch(value -> !Double.isNaN(value))) {
        List<Line> lines = new ArrayList<>(List.of(new Line(names.get(c), values[c])));
        int ask = names.indexOf(names.get(c).replace("bid", "ask"));
        if (ask > c) {
          lines.add(new Line(names.get(ask), values[ask]));
        }
        return new Panel(family.produces().get(c).unit(), lines);
      }
    }
    throw new IllegalStateException(family + " has no value in the pictures' session");
  }

  /**
   * The pictures of fitted families, by name, each fitted on the rows before those that are drawn.
   *
   * @param families the first of each kind is drawn
   * @param base families that have the columns which the fitted ones read
   */
  static Map<String, String> drawFitted(List<FittedFamily> families, FeatureSet base)
      throws IOException {
    Map<String, String> pictures = new TreeMap<>();
    for (FittedFamily family : families) {
      if (!pictures.containsKey(FamilyText.name(family))) {
        pictures.put(FamilyText.name(family), pictureFitted(family, base));
      }
    }
    return pictures;
  }

  private static String pictureFitted(FittedFamily family, FeatureSet base) throws IOException {
    List<String> names = base.columns().stream().map(Feature::name).toList();
    int[] read = family.requires().stream().mapToInt(names::indexOf).toArray();
    int midColumn = names.indexOf("mid");
    double[] mid = new double[EVENTS];
    double[] fitted = new double[EVENTS];
    double[] required = new double[read.length];
    FeatureFit fit = family.start();
    FittedFeature[] feature = new FittedFeature[1];
    boolean[] follows = new boolean[1];
    long first =
        forEachRow(
            base,
            (at, row, values) -> {
              Arrays.setAll(required, c -> values[read[c]][row]);
              boolean isWhole = Arrays.stream(required).allMatch(Double::isFinite);
              if (at < 0 && isWhole) {
                fit.add(required, follows[0]);
              }
              follows[0] = isWhole;
              if (at >= 0) {
                feature[0] = feature[0] == null ? fit.finish() : feature[0];
                mid[at] = values[midColumn][row];
                fitted[at] = isWhole ? feature[0].value(required) : Double.NaN;
              }
            });
    Feature column = family.produces();
    List<Panel> panels =
        List.of(
            new Panel(new Mid().produces().get(0).unit(), List.of(new Line("mid", mid))),
            new Panel(column.unit(), List.of(new Line(column.name(), fitted))));
    String title = column.name() + " and mid over " + EVENTS + " events of a simulated session";
    return new SvgPanels(title, "event of the session", first, panels).html();
  }

  /** The last rows of the session, by column. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Tail(long firstSeq, double[][] columns) {}

  private static Tail tail(FeatureSet set) throws IOException {
    double[][] tail = new double[set.columns().size()][EVENTS];
    long first =
        forEachRow(
            set,
            (at, row, values) -> {
              for (int c = 0; at >= 0 && c < tail.length; c++) {
                tail[c][at] = values[c][row];
              }
            });
    return new Tail(first, tail);
  }

  /** Takes a row: its place among the last rows, negative before them, and where its values are. */
  private interface RowVisitor {
    void visit(int at, int row, double[][] values);
  }

  /** Visits all rows of the session; answers the first of the last ones. */
  private static long forEachRow(FeatureSet set, RowVisitor visitor) throws IOException {
    Map<String, byte[]> files = LobsterFolder.files(SESSION, LEVELS);
    int rows = LobsterFolder.rows(files);
    LobsterPair pair = LobsterRecorder.files(SESSION, LEVELS);
    double[][] values = new double[set.columns().size()][BATCH];
    FeatureSet.Run run = set.start();
    try (LobsterReader reader =
        new LobsterReader(
            pair,
            new ByteArrayInputStream(files.get(pair.message().fileName())),
            new ByteArrayInputStream(files.get(pair.orderbook().fileName())),
            0)) {
      BookBatch batch = new BookBatch(BATCH, LEVELS);
      while (reader.next(batch)) {
        run.compute(batch, values);
        for (int i = 0; i < batch.rows; i++) {
          visitor.visit((int) (batch.seq[i] - 1 - (rows - EVENTS)), i, values);
        }
      }
    }
    return rows - EVENTS + 1L;
  }
}
