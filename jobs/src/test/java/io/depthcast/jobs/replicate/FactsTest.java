package io.depthcast.jobs.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.Side;
import io.depthcast.jobs.replicate.Intervals.Interval;
import io.depthcast.jobs.replicate.SliceFacts.ImbalanceBucket;
import io.depthcast.jobs.replicate.SliceFacts.SignaturePoint;
import io.depthcast.jobs.replicate.SymbolFacts.Estimate;
import io.depthcast.jobs.table.Slice;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Facts of books in which they were planted, and of books in which there is nothing. */
class FactsTest {

  private static final Slice SLICE = new Slice("nasdaq", "A", LocalDate.of(2023, 11, 14));
  private static final ReplicateConfig CONFIG = new ReplicateConfig(10, 30, 1);

  @Test
  void sumsAnInterval() {
    PlantedBook book = new PlantedBook(8);
    book.add(1, 99, 1, 101, 1);
    book.add(11, 99, 4, 101, 2);
    book.trade(Side.ASK, 3);
    book.add(15, 99, 6, 101, 2);
    book.trade(Side.BID, 1);
    book.add(19.5, 100, 2, 102, 4);
    book.add(21, 100, 2, 102, 4);
    book.add(95, 101, 2, 103, 4);
    book.add(101, 101, 2, 103, 4);
    book.add(111, 101, 2, 103, 4);
    double[][] flows = {{Double.NaN, 2, 2, 4, 0, 2, 0, 0}};
    Intervals intervals = new Intervals(10_000_000_000L, 1);
    intervals.add(book.batch, flows);
    // The first is not whole, the last either. From 10 to 20 s: mid 100 to 101, flows 2+2+4, depths
    // 3, 4, 3, 3 bought and 1 sold. From 20 to 30 s nothing. From 30 to 90 s no row, 60 s, which is
    // not more than a minute: 90 to 100 s moves by 1. From 100 to 110 s nothing.
    assertThat(intervals.done()).hasSize(4);
    Interval first = intervals.done().get(0);
    assertThat(first.move()).isEqualTo(1);
    assertThat(first.mid()).isEqualTo(101);
    assertThat(first.ofi()).containsExactly(8);
    assertThat(first.depth()).isCloseTo(10 / 3.0, within(1e-12));
    assertThat(first.signedVolume()).isEqualTo(2);
    assertThat(first.volume()).isEqualTo(4);
    assertThat(intervals.done()).extracting(Interval::move).containsExactly(1.0, 0.0, 1.0, 0.0);
  }

  @Test
  void findsThatFlowMovesThePriceByItsDepth() {
    // The mid moves by the flow over the depth, the depth doubles from window to window.
    Random random = new Random(3);
    PlantedBook book = new PlantedBook(20_000);
    double price = 1000;
    double excess = 0;
    for (int row = 0; row < 14_400; row++) {
      double depth = 100 << (row / 1800);
      double before = excess;
      // Where the depth doubles nothing flows.
      excess = row % 1800 == 0 ? before : random.nextInt(41) - 20;
      price += (excess - before) / depth;
      book.add(row, price, depth + excess, price + 1, depth);
    }
    SliceFacts facts = new SliceFacts(SLICE);
    Intervals intervals = new Intervals(CONFIG.intervalNanos(), 1);
    intervals.add(book.batch, sizeFlows(book.batch));
    OrderFlowFacts.measure(intervals.done(), CONFIG.windowNanos(), facts);
    assertThat(facts.values(Fact.OFI_R2)).hasSize(8).allMatch(r2 -> r2 > 0.99);
    assertThat(facts.values(Fact.OFI_R2_NEXT_WINDOW)).hasSize(7);
    Estimate exponent = SymbolFacts.of(List.of(facts)).estimates().get(Fact.IMPACT_DEPTH_EXPONENT);
    assertThat(exponent.value()).isCloseTo(1, within(0.1));
    assertThat(exponent.low()).isLessThan(1.05);
    assertThat(facts.values(Fact.TRADE_IMBALANCE_R2)).isEmpty();
  }

  private static double[][] sizeFlows(BookBatch batch) {
    double[][] flows = new double[1][batch.rows];
    for (int i = 1; i < batch.rows; i++) {
      flows[0][i] =
          batch.bidSize[0][i]
              - batch.bidSize[0][i - 1]
              - (batch.askSize[0][i] - batch.askSize[0][i - 1]);
    }
    flows[0][0] = Double.NaN;
    return flows;
  }

  @Test
  void findsThePlantedPowerOfTheQueues() {
    Random random = new Random(4);
    SliceFacts planted = queues(random, true);
    SliceFacts none = queues(random, false);
    // P(up) = 1 / (1 + exp(-3 x)), x uniform on (-1, 1): E[(y - p)^2] = E[p (1 - p)] = (p(1) -
    // p(-1))
    // / (2 * 3) = tanh(1.5) / 6 = 0.15086, 0.3966 below 1/4
    assertThat(planted.values(Fact.QUEUE_IMBALANCE_MSR_GAIN).get(0))
        .isCloseTo(0.3966, within(0.03));
    assertThat(planted.values(Fact.QUEUE_IMBALANCE_AUC_GAIN).get(0)).isGreaterThan(0.6);
    assertThat(none.values(Fact.QUEUE_IMBALANCE_MSR_GAIN).get(0)).isCloseTo(0, within(0.01));
    assertThat(none.values(Fact.QUEUE_IMBALANCE_AUC_GAIN).get(0)).isCloseTo(0, within(0.05));
  }

  private static SliceFacts queues(Random random, boolean planted) {
    PlantedBook book = new PlantedBook(20_000);
    double price = 100_000;
    for (int row = 0; row < 20_000; row++) {
      double x = 2 * random.nextDouble() - 1;
      book.add(row, price, 1 + x, price + 1, 1 - x);
      double p = planted ? 1 / (1 + Math.exp(-3 * x)) : 0.5;
      price += random.nextDouble() < p ? 1 : -1;
    }
    QueueImbalanceFacts queues = new QueueImbalanceFacts();
    queues.add(book.batch);
    SliceFacts facts = new SliceFacts(SLICE);
    queues.measure(facts);
    return facts;
  }

  @Test
  void aRandomWalkHasAFlatSignatureAndABouncingOneFalls() {
    Random random = new Random(5);
    PlantedBook walk = new PlantedBook(36_000);
    PlantedBook bounce = new PlantedBook(36_000);
    double price = 100_000;
    for (int row = 0; row < 36_000; row++) {
      price += random.nextGaussian();
      walk.add(row / 2.0, price, 1, price + 1, 1);
      double jumped = 100_000 + (random.nextBoolean() ? 1 : -1);
      bounce.add(row / 2.0, jumped, 1, jumped + 1, 1);
    }
    // Two unit steps a second: 2 / 100000^2 * 10^8 = 0.02 bps^2 a second, whatever the sampling;
    // 300 s give 60 samples, an error of some 18 %.
    assertThat(signature(walk).signature())
        .hasSize(SignatureFacts.SECONDS.length)
        .allSatisfy(
            point -> assertThat(point.variance()).isCloseTo(0.02, within(0.02 * error(point))));
    // Moves between samples have variance 2 whatever the time between: the ratio is 60.
    assertThat(signature(bounce).values(Fact.SIGNATURE_RATIO).get(0)).isCloseTo(60, within(12.0));
  }

  /** Four standard errors of a mean of squared normals, sqrt(2 / n). */
  private static double error(SignaturePoint point) {
    return 4 * Math.sqrt(2.0 / point.samples());
  }

  private static SliceFacts signature(PlantedBook book) {
    SignatureFacts signature = new SignatureFacts();
    signature.add(book.batch);
    SliceFacts facts = new SliceFacts(SLICE);
    signature.measure(facts);
    return facts;
  }

  @Test
  void findsAPlantedForecastAndNoneWhereThereIsNone() {
    // A row a second, flows of unit variance; the price moves by a share of the flow 100 ms after.
    assertThat(forward(0.5)).allMatch(r2 -> r2 > 0.08);
    assertThat(forward(0)).allMatch(r2 -> Math.abs(r2) < 0.05);
  }

  private static List<Double> forward(double strength) {
    Random random = new Random(6);
    PlantedBook book = new PlantedBook(40_000);
    double[][] flows = new double[1][40_000];
    double price = 100_000;
    double sum = 0;
    double[] last = new double[100];
    for (int row = 0; row < 20_000; row++) {
      double flow = random.nextGaussian();
      sum += flow - last[row % 100];
      last[row % 100] = flow;
      flows[0][2 * row] = flow;
      book.add(row, price, 1, price + 1, 1);
      // Steps have variance 1; a share of them is the sum of 100 flows over 10.
      price += strength * sum / 10 + random.nextGaussian();
      book.add(row + 0.1, price, 1, price + 1, 1);
    }
    SliceFacts facts = new SliceFacts(SLICE);
    ForwardFacts forward = new ForwardFacts(1, CONFIG.windowNanos(), facts);
    forward.add(book.batch, flows);
    forward.finish();
    assertThat(facts.values(Fact.FORWARD_R2)).hasSizeGreaterThan(5);
    return facts.values(Fact.FORWARD_R2);
  }

  @Test
  void findsAPlantedMartingaleAndAnOverreachingMicroprice() {
    // The mid moves each row by a tick, up with probability (1 + a x) / 2, x uniform on (-1, 1): it
    // drifts by a x, then by nothing. The spread is a tick, so that the size-weighted micro-price
    // says x / 2. Slopes have an error of some 2.45 / (0.58 a sqrt(18 * 3600)).
    SymbolFacts half = drifting(0.5);
    assertThat(half.estimates().get(Fact.MICROPRICE_SLOPE).value()).isCloseTo(1, within(0.12));
    assertThat(half.estimates().get(Fact.STOIKOV_SLOPE).value()).isCloseTo(1, within(0.12));
    assertThat(half.estimates().get(Fact.STOIKOV_DRIFT_LEFT).value()).isLessThan(0.2);
    // The bucket of the most bids has a mean x of 10/11, and drifts by half of it, 10^4 / 100000.5
    // bps a tick.
    assertThat(half.imbalanceBuckets()).hasSize(MartingaleFacts.BUCKETS);
    ImbalanceBucket most = half.imbalanceBuckets().get(MartingaleFacts.BUCKETS - 1);
    assertThat(most.drift() / most.rows()).isCloseTo(0.0455, within(0.012));
    assertThat(most.weighted() / most.rows()).isCloseTo(0.0455, within(0.001));

    SymbolFacts quarter = drifting(0.25);
    assertThat(quarter.estimates().get(Fact.MICROPRICE_SLOPE).value()).isCloseTo(0.5, within(0.12));
    assertThat(quarter.estimates().get(Fact.STOIKOV_SLOPE).value()).isCloseTo(1, within(0.24));
    assertThat(quarter.estimates().get(Fact.STOIKOV_OVER_WEIGHTED).value()).isLessThan(0.5);
  }

  private static SymbolFacts drifting(double a) {
    Random random = new Random(7);
    int rows = 20 * 3600;
    PlantedBook book = new PlantedBook(rows);
    double price = 100_000;
    for (int row = 0; row < rows; row++) {
      double x = 2 * random.nextDouble() - 1;
      book.add(row / 2.0, price, 1 + x, price + 1, 1 - x);
      price += random.nextDouble() < (1 + a * x) / 2 ? 1 : -1;
    }
    SliceFacts facts = new SliceFacts(SLICE);
    MartingaleFacts martingale = new MartingaleFacts(CONFIG.windowNanos(), facts);
    martingale.add(book.batch);
    martingale.finish();
    // The first two of the 20 windows are for the tick and for the first fit.
    assertThat(facts.values(Fact.STOIKOV_SLOPE)).hasSize(18);
    return SymbolFacts.of(List.of(facts));
  }

  @Test
  void waitsForSixMovesOfTheMid() {
    PlantedBook book = new PlantedBook(4000);
    // Windows of half an hour: a row a second. The mid rises by a tick every second row, whatever
    // the queues, which are three to one.
    for (int row = 0; row < 4000; row++) {
      double price = 100_000 + row / 2;
      book.add(row, price, 3, price + 1, 1);
    }
    SliceFacts facts = new SliceFacts(SLICE);
    MartingaleFacts martingale = new MartingaleFacts(CONFIG.windowNanos(), facts);
    martingale.add(book.batch);
    martingale.finish();
    // Of the third window, rows 3600 to 3999, those up to 3987 see six moves, the last at 3998.
    assertThat(facts.imbalanceBuckets()).hasSize(MartingaleFacts.BUCKETS);
    // Imbalance 1/2: bucket floor(0.75 * 11) = 8.
    ImbalanceBucket bucket = facts.imbalanceBuckets().get(8);
    assertThat(bucket.rows()).isEqualTo(3988 - 3600);
    // Six ticks of some 102,000: 6 / 1.0199 * 10^-1 bps.
    assertThat(bucket.drift() / bucket.rows()).isCloseTo(0.5883, within(0.001));
    // (101 * 3 + 100) / 4 is a quarter of a tick above the mid: 0.25 / 1.019 * 10^-1 bps
    assertThat(bucket.weighted() / bucket.rows()).isCloseTo(0.02453, within(0.0001));
  }

  @Test
  void chanceLeavesNoDrift() {
    // Two buckets of 100 rows in an even and an odd window, bps: nothing is foreseen by the
    // size-weighted micro-price; Stoikov's leaves means of +-1 in the even window, of -+1 in the
    // odd one, whose products are negative.
    SliceFacts facts = new SliceFacts(SLICE);
    facts.add(new ImbalanceBucket(false, 0, 100, -200, 0, -100));
    facts.add(new ImbalanceBucket(false, 1, 100, 200, 0, 100));
    facts.add(new ImbalanceBucket(true, 0, 100, -200, 0, -300));
    facts.add(new ImbalanceBucket(true, 1, 100, 200, 0, 300));
    Map<Fact, Estimate> estimates = SymbolFacts.of(List.of(facts)).estimates();
    assertThat(estimates.get(Fact.STOIKOV_DRIFT_LEFT).value()).isZero();
    assertThat(estimates.get(Fact.STOIKOV_OVER_WEIGHTED).value()).isZero();

    // Now it leaves +-1 in both, of a drift of +-2, and of the +-2 that the other one leaves.
    SliceFacts half = new SliceFacts(SLICE);
    half.add(new ImbalanceBucket(false, 0, 100, -200, 0, -100));
    half.add(new ImbalanceBucket(false, 1, 100, 200, 0, 100));
    half.add(new ImbalanceBucket(true, 0, 50, -100, 0, -50));
    half.add(new ImbalanceBucket(true, 1, 50, 100, 0, 50));
    Map<Fact, Estimate> halved = SymbolFacts.of(List.of(half)).estimates();
    assertThat(halved.get(Fact.STOIKOV_DRIFT_LEFT).value()).isCloseTo(0.5, within(1e-12));
    assertThat(halved.get(Fact.STOIKOV_OVER_WEIGHTED).value()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void sayNothingOfAMicropriceThatForeseesNothing() {
    // The queues are always even, so that no micro-price leaves the mid, which moves.
    Random random = new Random(8);
    PlantedBook book = new PlantedBook(7200);
    double price = 100_000;
    for (int row = 0; row < 7200; row++) {
      book.add(row, price, 1, price + 1, 1);
      price += random.nextBoolean() ? 1 : -1;
    }
    SliceFacts facts = new SliceFacts(SLICE);
    MartingaleFacts martingale = new MartingaleFacts(CONFIG.windowNanos(), facts);
    martingale.add(book.batch);
    martingale.finish();
    assertThat(facts.imbalanceBuckets()).isNotEmpty();
    assertThat(facts.values(Fact.STOIKOV_SLOPE)).isEmpty();
    assertThat(facts.values(Fact.MICROPRICE_SLOPE)).isEmpty();
  }
}
