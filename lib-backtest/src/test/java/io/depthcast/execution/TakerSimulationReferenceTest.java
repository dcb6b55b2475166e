package io.depthcast.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.costs.Fee;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The simulation against a plain second one over the whole slice, on random books. */
class TakerSimulationReferenceTest {

  private static final int LEVELS = 3;
  private static final int SLICES = 400;
  private static final Offset<Double> ROUNDING = within(1e-7);

  @Test
  void equalsANaiveTwin() {
    Random random = new Random(11);
    int fills = 0;
    int partial = 0;
    for (int slice = 0; slice < SLICES; slice++) {
      BookText book = randomSlice(random, 60, true);
      Taker taker = randomTaker(random, 1 + random.nextInt(12));
      Fee fee = new Fee(LocalDate.EPOCH, 0, random.nextInt(5), 0, random.nextInt(3) * 0.01);
      Traded traded = Traded.on(book, taker, fee);
      NaiveTaker naive = new NaiveTaker(book, taker, fee);

      assertThat(traded.fills()).hasSize(naive.fills.size());
      for (int i = 0; i < naive.fills.size(); i++) {
        assertSame(traded.fills().get(i), naive.fills.get(i));
      }
      assertThat(traded.marks()).hasSize(naive.marks.size());
      for (int i = 0; i < naive.marks.size(); i++) {
        double[] expected = naive.marks.get(i);
        PositionMark mark = traded.marks().get(i);
        double[] actual = {
          mark.seq(), mark.ts(), mark.position(), mark.cash(), mark.mid(), mark.equity()
        };
        assertThat(actual).containsExactly(expected, ROUNDING);
      }
      assertThat(traded.result().net()).isCloseTo(naive.cash, ROUNDING);
      assertThat(traded.result().cancelledSize()).isEqualTo(naive.cancelled);
      assertThat(traded.result().closedBeyondBook()).isEqualTo(naive.beyond);
      for (OrderOutcome outcome : OrderOutcome.values()) {
        assertThat(traded.orders(outcome))
            .as(outcome.column())
            .isEqualTo(naive.outcomes.stream().filter(each -> each == outcome).count());
      }
      fills += naive.fills.size();
      partial += naive.cancelled > 0 ? 1 : 0;
    }
    // the random slices do reach the cases
    assertThat(fills).isGreaterThan(2000);
    assertThat(partial).isGreaterThan(20);
  }

  @Test
  void isTheSameToTheBitHoweverRowsAreCutIntoBatches() {
    Random random = new Random(12);
    for (int slice = 0; slice < 100; slice++) {
      BookText book = randomSlice(random, 60, false);
      Taker taker = randomTaker(random, 5 * random.nextDouble() + 0.1);
      Fee fee = new Fee(LocalDate.EPOCH, 0, 1.7, 0, 0.003);
      Traded whole = Traded.on(book, taker, fee);
      for (int batchRows : new int[] {1, 2, 7, 59}) {
        // records compare doubles by Double.compare
        assertThat(Traded.inBatches(book, taker, fee, batchRows)).isEqualTo(whole);
      }
    }
  }

  @Test
  void balancesWithAnyPricesAndSizes() {
    Random random = new Random(13);
    for (int slice = 0; slice < SLICES; slice++) {
      BookText book = randomSlice(random, 200, false);
      Taker taker = randomTaker(random, 20 * random.nextDouble() + 1e-3);
      Fee fee = new Fee(LocalDate.EPOCH, 0, 20 * random.nextDouble() - 5, 0, random.nextDouble());
      Traded traded = Traded.on(book, taker, fee);

      double position = 0;
      double cash = 0;
      double pnl = 0;
      for (Fill fill : traded.fills()) {
        double signed = fill.side().sign() * fill.size();
        double paid = signed * (fill.price() - fill.decisionMid());
        assertThat(fill.costs().total() - fill.costs().fee()).isCloseTo(paid, ROUNDING);
        assertThat(fill.costs().spreadCost()).isGreaterThanOrEqualTo(0);
        assertThat(fill.costs().impact()).isGreaterThan(-1e-9);
        position += signed;
        cash -= signed * fill.price() + fill.costs().fee();
        pnl += fill.pnl();
      }
      SliceResult result = traded.result();
      assertThat(position).isCloseTo(0, ROUNDING);
      assertThat(result.net()).isCloseTo(cash, ROUNDING);
      assertThat(result.net()).isCloseTo(pnl, ROUNDING);
      assertThat(result.net()).isCloseTo(result.gross() - result.costs().total(), ROUNDING);
      PositionMark end = traded.marks().get(traded.marks().size() - 1);
      assertThat(end.position()).isZero();
      assertThat(end.equity()).isEqualTo(result.net());
    }
  }

  private static void assertSame(Fill fill, double[] expected) {
    double[] actual = {
      fill.seq(),
      fill.side().sign() * fill.size(),
      fill.price(),
      fill.decisionMid(),
      fill.tsDecision(),
      fill.tsFill(),
      fill.costs().fee(),
      fill.costs().spreadCost(),
      fill.costs().slippage(),
      fill.costs().impact(),
      fill.pnl(),
      fill.positionAfter(),
      fill.closing() ? 1 : 0
    };
    assertThat(actual).containsExactly(expected, ROUNDING);
  }

  private static Taker randomTaker(Random random, double size) {
    double enter = 0.2 + 0.5 * random.nextDouble();
    long[] latencies = {0, 1, 40, 5_000_000, 30_000_000};
    return new Taker(
        size, enter, enter * random.nextDouble(), latencies[random.nextInt(latencies.length)]);
  }

  /**
   * Rows some microseconds or seconds apart, often at the same time, with suspect, one-sided and
   * crossed books between. On the grid, prices and sizes are sums of powers of two.
   */
  private static BookText randomSlice(Random random, int rows, boolean grid) {
    BookBatch batch = new BookBatch(rows, LEVELS);
    batch.rows = rows;
    double[] pUp = new double[rows];
    double[] pDown = new double[rows];
    long ts = 1_700_000_000_000_000_000L;
    double price = 100;
    for (int row = 0; row < rows; row++) {
      int gap = random.nextInt(5);
      ts +=
          gap < 2 ? 0 : gap < 4 ? random.nextInt(60) * 1000L : random.nextInt(20) * 1_000_000_000L;
      batch.seq[row] = row + 1L;
      batch.tsEvent[row] = ts;
      batch.suspect[row] = random.nextInt(10) == 0;
      price += (random.nextInt(5) - 2) * 0.25 + (grid ? 0 : random.nextDouble() - 0.5);
      double spread = random.nextInt(25) == 0 ? -0.25 : 0.25 * random.nextInt(4);
      int bids = random.nextInt(15) == 0 ? 0 : 1 + random.nextInt(LEVELS);
      int asks = random.nextInt(15) == 0 ? 0 : 1 + random.nextInt(LEVELS);
      for (int level = 0; level < LEVELS; level++) {
        batch.bidPrice[level][row] = level < bids ? price - 0.25 * level : Double.NaN;
        batch.askPrice[level][row] = level < asks ? price + spread + 0.25 * level : Double.NaN;
        batch.bidSize[level][row] = level < bids ? size(random, grid) : Double.NaN;
        batch.askSize[level][row] = level < asks ? size(random, grid) : Double.NaN;
      }
      boolean forecast = random.nextInt(4) > 0;
      pUp[row] = forecast ? random.nextDouble() : Double.NaN;
      pDown[row] = forecast ? (1 - pUp[row]) * random.nextDouble() : Double.NaN;
    }
    return new BookText(batch, pUp, pDown);
  }

  private static double size(Random random, boolean grid) {
    return grid ? 1 + random.nextInt(8) : 8 * random.nextDouble() + 1e-3;
  }

  /** Finds each decision, then its fill, then the marks, each by scanning the whole slice. */
  private static final class NaiveTaker {

    private final List<double[]> fills = new ArrayList<>();
    private final List<double[]> marks = new ArrayList<>();
    private final List<OrderOutcome> outcomes = new ArrayList<>();
    private final BookBatch book;
    private final Fee fee;
    private double position;
    private double cash;
    private double previousDecisionMid;
    private double cancelled;
    private double beyond;

    NaiveTaker(BookText text, Taker taker, Fee fee) {
      book = text.batch();
      this.fee = fee;
      int end = book.rows - 1;
      int free = 0;
      for (int row = 0; row <= end; row++) {
        if (row < free || bad(row) != null) {
          continue;
        }
        double edge = text.pUp()[row] - text.pDown()[row];
        double target = position;
        if (edge >= taker.enterEdge()) {
          target = taker.size();
        } else if (edge <= -taker.enterEdge()) {
          target = -taker.size();
        } else if (edge < taker.exitEdge() && edge > -taker.exitEdge()) {
          target = 0;
        }
        if (target == position) {
          continue;
        }
        long arrival = book.tsEvent[row] + 1000 * taker.latencyUs();
        int met = end;
        while (book.tsEvent[met] > arrival) {
          met--;
        }
        free = met + 1;
        if (met == end && arrival > book.tsEvent[end]) {
          outcomes.add(OrderOutcome.DROPPED_AFTER_END);
        } else if (bad(met) != null) {
          outcomes.add(bad(met));
        } else {
          List<Double> units = units(met, target > position);
          int wanted = (int) Math.abs(target - position);
          outcomes.add(units.size() < wanted ? OrderOutcome.PARTLY_FILLED : OrderOutcome.FILLED);
          cancelled += Math.max(0, wanted - units.size());
          trade(units, wanted, target > position, row, book.tsEvent[row], met, arrival, 0);
        }
      }
      if (position != 0) {
        int last = end;
        while (bad(last) != null) {
          last--;
        }
        List<Double> units = units(last, position < 0);
        int wanted = (int) Math.abs(position);
        beyond = Math.max(0, wanted - units.size());
        while (units.size() < wanted) {
          units.add(units.get(units.size() - 1));
        }
        long ts = book.tsEvent[end];
        trade(units, wanted, position < 0, last, ts, last, ts, 1);
      }
      markAll(end);
    }

    private OrderOutcome bad(int row) {
      if (book.suspect[row]) {
        return OrderOutcome.DROPPED_SUSPECT;
      }
      double bid = book.bidPrice[0][row];
      double ask = book.askPrice[0][row];
      if (Double.isNaN(bid) || Double.isNaN(ask)) {
        return OrderOutcome.DROPPED_ONE_SIDED;
      }
      return bid > ask ? OrderOutcome.DROPPED_CROSSED : null;
    }

    /** The price of each single unit on offer, cheapest for the taker first. */
    private List<Double> units(int row, boolean buy) {
      List<Double> units = new ArrayList<>();
      for (int level = 0; level < LEVELS; level++) {
        double size = buy ? book.askSize[level][row] : book.bidSize[level][row];
        for (int unit = 1; unit <= size; unit++) {
          units.add(buy ? book.askPrice[level][row] : book.bidPrice[level][row]);
        }
      }
      return units;
    }

    private void trade(
        List<Double> units,
        int wanted,
        boolean buy,
        int decisionRow,
        long tsDecision,
        int met,
        long tsFill,
        int closing) {
      List<Double> taken = units.subList(0, Math.min(wanted, units.size()));
      double sign = buy ? 1 : -1;
      double size = taken.size();
      double decisionMid = book.mid(decisionRow);
      double arrivalMid = book.mid(met);
      double best = taken.get(0);
      double spread = 0;
      double slippage = 0;
      double impact = 0;
      double paid = 0;
      for (double price : taken) {
        spread += sign * (best - arrivalMid);
        slippage += sign * (arrivalMid - decisionMid);
        impact += sign * (price - best);
        paid += price;
      }
      double charged = paid * fee.takerBps() * 1e-4 + size * fee.takerPerUnit();
      double made = position * (decisionMid - previousDecisionMid);
      previousDecisionMid = decisionMid;
      position += sign * size;
      cash -= sign * paid + charged;
      double pnl = made - charged - spread - slippage - impact;
      fills.add(
          new double[] {
            book.seq[met],
            sign * size,
            paid / size,
            decisionMid,
            tsDecision,
            tsFill,
            charged,
            spread,
            slippage,
            impact,
            pnl,
            position,
            closing
          });
    }

    private void markAll(int end) {
      double held = 0;
      double money = 0;
      double mid = Double.NaN;
      for (int row = 0; row <= end; row++) {
        mid = bad(row) == null ? book.mid(row) : mid;
        long minute = book.tsEvent[row] / 60_000_000_000L;
        if (row < end && book.tsEvent[row + 1] / 60_000_000_000L > minute) {
          mark(row + 1L, book.tsEvent[row], held, money, mid);
        }
        for (double[] fill : fills) {
          boolean now = fill[12] == 1 ? row == end : fill[0] == row + 1;
          if (now) {
            held += fill[1];
            money -= fill[1] * fill[2] + fill[6];
            mark((long) fill[0], (long) fill[5], held, money, mid);
          }
        }
      }
      mark(end + 1L, book.tsEvent[end], held, money, mid);
    }

    private void mark(long seq, long ts, double held, double money, double mid) {
      double equity = held == 0 ? money : money + held * mid;
      marks.add(new double[] {seq, ts, held, money, mid, equity});
    }
  }
}
