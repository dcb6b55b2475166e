package io.depthcast.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.LobsterRecorder;
import io.depthcast.features.Feature;
import io.depthcast.features.FeatureSet;
import io.depthcast.features.MidReturn;
import io.depthcast.features.OrderFlowImbalance;
import io.depthcast.features.QueueImbalance;
import io.depthcast.features.TradeFlow;
import io.depthcast.features.Window;
import io.depthcast.feed.lobster.LobsterPair;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.jobs.LobsterFolder;
import io.depthcast.jobs.explore.SetFacts.Tested;
import io.depthcast.jobs.table.Slice;
import io.depthcast.labels.Label;
import io.depthcast.labels.LabelRun;
import io.depthcast.labels.LabelSink;
import io.depthcast.labels.MidMove;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the synthetic exchange hides is found, and where it hides nothing nothing is. */
class PlantedSignalTest {

  private static final int LEVELS = 3;
  private static final int BATCH = 4096;

  /** Of some 15,000 of a day, each sampled. */
  private static final int ROWS = 14_000;

  private static final SampleGrid GRID = new SampleGrid(ROWS, 1);
  private static final ExploreConfig CONFIG =
      new ExploreConfig("core", List.of(), 20_000, 8, 20, 5, 4, 7);
  private static final FeatureSet FEATURES =
      new FeatureSet(
          List.of(
              new TradeFlow(Window.events(100)),
              new OrderFlowImbalance(LEVELS, Window.events(20)),
              new QueueImbalance(LEVELS),
              new MidReturn(Window.events(20)),
              new MidReturn(Window.events(100))));

  /**
   * A move of the exchange's price is several events at one time, so the first of them foretell the
   * last in any world; after a latency the move is over.
   */
  private static final List<Label> LABELS =
      IntStream.of(20, 50, 100)
          .<Label>mapToObj(horizon -> new MidMove(Window.events(horizon), Window.milliseconds(1)))
          .toList();

  private static final List<String> NAMES = FEATURES.columns().stream().map(Feature::name).toList();

  @Test
  void findsThePlantedFlowOfMarketOrders() throws IOException {
    SetFacts facts = explore(0.5);
    int flow = NAMES.indexOf("trade_imbalance_100e");
    for (Tested tested : facts.powers().get(flow)) {
      Power power = tested.power();
      assertThat(power.low()).isGreaterThan(0.02);
      assertThat(tested.q()).isLessThan(0.001);
      assertThat(power.isAboveNull()).isTrue();
      assertThat(power.signAgreement()).isEqualTo(1);
    }
  }

  /** 33 pairs of column and label: about two have a p-value below 0.05, no q-value says so. */
  @Test
  void findsNoDirectionWhereNoneIsPlanted() throws IOException {
    SetFacts facts = explore(0);
    assertThat(facts.tests()).isEqualTo(33);
    assertThat(facts.findings(ExploreJob.RATE)).isZero();
    assertThat(powers(facts).stream().filter(power -> power.p() < 0.05).count())
        .isLessThanOrEqualTo(4);
  }

  /**
   * The columns of each day beside the labels of the other: each is as it is, and they know nothing
   * of each other. Of 33 tests 1.65 are above the null level by chance; as columns that resemble
   * each other go together, 5 are put up with.
   */
  @Test
  void findsNoInformationInTheLabelsOfAnotherDay() throws IOException {
    SlicePartSample first = sample(session(2, 0.5));
    SlicePartSample second = sample(session(3, 0.5));
    SetFacts facts = facts(List.of(with(first, second), with(second, first)));
    assertThat(facts.findings(ExploreJob.RATE)).isZero();
    assertThat(powers(facts).stream().filter(Power::isAboveNull).count()).isLessThanOrEqualTo(5);
    // As they belong together there is information.
    assertThat(powers(facts(List.of(first, second))).stream().filter(Power::isAboveNull).count())
        .isGreaterThanOrEqualTo(15);
  }

  private static List<Power> powers(SetFacts facts) {
    return facts.powers().stream().flatMap(List::stream).map(Tested::power).toList();
  }

  private static SlicePartSample with(SlicePartSample columns, SlicePartSample labels) {
    SlicePartSample both = new SlicePartSample(columns.slice(), 1);
    both.columns().putAll(columns.columns());
    LABELS.forEach(label -> both.columns().put(label.id(), labels.columns().get(label.id())));
    both.reaches().putAll(labels.reaches());
    return both;
  }

  /** Two days. */
  private static SetFacts explore(double r2) throws IOException {
    return facts(List.of(sample(session(2, r2)), sample(session(3, r2))));
  }

  private static ExchangeSession session(int day, double r2) {
    return LobsterFolder.session("SYN", LocalDate.of(2024, 1, day), 1500, r2);
  }

  private static SetFacts facts(List<SlicePartSample> days) {
    List<String> ids = LABELS.stream().map(Label::id).toList();
    SliceExploration exploration = new SliceExploration(CONFIG, NAMES, ids, 64, 1);
    List<SliceFacts> slices =
        days.stream().map(day -> exploration.of(day.slice(), GRID, List.of(day))).toList();
    List<LabelName> labels =
        LABELS.stream().map(label -> new LabelName(label.id(), label.horizon().length())).toList();
    return SetFacts.of("id", "set", slices, NAMES, labels, 1);
  }

  private static SlicePartSample sample(ExchangeSession session) throws IOException {
    Map<String, byte[]> files = LobsterFolder.files(session, LEVELS);
    SlicePartSample sample = new SlicePartSample(new Slice("nasdaq", "SYN", session.date()), 1);
    NAMES.forEach(name -> sample.columns().put(name, new SampledColumn()));
    double[][] values = new double[NAMES.size()][BATCH];
    FeatureSet.Run features = FEATURES.start();
    List<LabelRun> runs = LABELS.stream().map(Label::start).toList();
    List<LabelSink> sinks = LABELS.stream().map(label -> sink(label, sample)).toList();
    LobsterPair pair = LobsterRecorder.files(session, LEVELS);
    try (LobsterReader reader =
        new LobsterReader(
            pair,
            new ByteArrayInputStream(files.get(pair.message().fileName())),
            new ByteArrayInputStream(files.get(pair.orderbook().fileName())),
            0)) {
      BookBatch batch = new BookBatch(BATCH, LEVELS);
      while (reader.next(batch)) {
        features.compute(batch, values);
        for (int c = 0; c < values.length; c++) {
          for (int i = 0; i < batch.rows && batch.seq[i] <= ROWS; i++) {
            sample.columns().get(NAMES.get(c)).add(values[c][i], GRID.place(batch.seq[i]));
          }
        }
        for (int l = 0; l < runs.size(); l++) {
          runs.get(l).compute(batch, sinks.get(l));
        }
      }
    }
    for (int l = 0; l < runs.size(); l++) {
      runs.get(l).finish(sinks.get(l));
    }
    return sample;
  }

  private static LabelSink sink(Label label, SlicePartSample sample) {
    SampledColumn column = new SampledColumn();
    sample.columns().put(label.id(), column);
    return (seq, ts, move, seqEnd, tsEnd) -> {
      if (seq <= ROWS && !Double.isNaN(move)) {
        column.add(move, GRID.place(seq));
        sample.reaches().merge(label.id(), seqEnd - seq, Math::max);
      }
    };
  }
}
