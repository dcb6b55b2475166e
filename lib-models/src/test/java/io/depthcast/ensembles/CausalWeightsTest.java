package io.depthcast.ensembles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CausalWeightsTest {

  private static final int MODELS = 3;
  private static final long DELAY = 7;

  /** A row as a job has it; ends lie ahead by anything, so that they come out of order. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Event(long session, long seq, long ts, long seqEnd, long tsEnd, double[] losses) {}

  private static List<Event> events(int rows) {
    Random random = new Random(11);
    long[] times = new long[rows + 40];
    for (int i = 1; i < times.length; i++) {
      // several events at one time are common
      times[i] = times[i - 1] + random.nextInt(4);
    }
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      long session = i < rows / 2 ? 1 : 2;
      long begin = session == 1 ? 0 : rows / 2;
      int end = i + 1 + random.nextInt(30);
      if (session == 1) {
        end = Math.min(end, rows / 2);
      }
      double[] losses = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
      events.add(new Event(session, i - begin, times[i], end - begin, times[end], losses));
    }
    return events;
  }

  private static List<double[]> weights(List<Event> events, double share) {
    CausalWeights weights = new CausalWeights(new ExpertWeights(MODELS, 0.5, share), DELAY);
    List<double[]> all = new ArrayList<>();
    for (Event e : events) {
      all.add(weights.at(e.session(), e.seq(), e.ts()));
      weights.await(e.session(), e.seq(), e.seqEnd(), e.tsEnd(), e.losses());
    }
    return all;
  }

  /** At every row the weights of all rounds that are known there, from the beginning. */
  @Test
  void areThoseOfANaiveTwinThatBeginsAnewAtEachRow() {
    List<Event> events = events(400);
    for (double share : new double[] {0, 0.05}) {
      List<double[]> weights = weights(events, share);
      for (int i = 0; i < events.size(); i++) {
        assertThat(weights.get(i)).containsExactly(naive(events, i, share), within(1e-12));
      }
    }
  }

  private static double[] naive(List<Event> events, int row, double share) {
    Event now = events.get(row);
    List<Event> known =
        events.subList(0, row).stream()
            .filter(e -> e.session() < now.session() || e.seqEnd() <= now.seq())
            .filter(e -> e.tsEnd() + DELAY <= now.ts())
            .sorted(
                Comparator.comparingLong(Event::session)
                    .thenComparingLong(Event::seqEnd)
                    .thenComparingLong(Event::seq))
            .toList();
    double[] w = {1.0 / MODELS, 1.0 / MODELS, 1.0 / MODELS};
    for (Event e : known) {
      double sum = 0;
      for (int m = 0; m < MODELS; m++) {
        w[m] *= Math.exp(-0.5 * e.losses()[m]);
        sum += w[m];
      }
      double[] shared = new double[MODELS];
      for (int m = 0; m < MODELS; m++) {
        for (int n = 0; n < MODELS; n++) {
          shared[m] += w[n] / sum * (m == n ? 1 - share : share / (MODELS - 1));
        }
      }
      w = shared;
    }
    return w;
  }

  /** Losses of labels that have not ended by a row are replaced: nothing up to it may change. */
  @Test
  void nothingChangesWithLabelsThatHaveNotEnded() {
    List<Event> events = events(400);
    List<double[]> weights = weights(events, 0.01);
    for (int cut : new int[] {50, 199, 200, 201, 333}) {
      Event now = events.get(cut);
      List<Event> planted = new ArrayList<>();
      int changed = 0;
      for (Event e : events) {
        boolean ended =
            (e.session() < now.session() || e.seqEnd() <= now.seq())
                && e.tsEnd() + DELAY <= now.ts();
        changed += ended ? 0 : 1;
        planted.add(
            ended
                ? e
                : new Event(
                    e.session(), e.seq(), e.ts(), e.seqEnd(), e.tsEnd(), new double[] {9, 0, 5}));
      }
      assertThat(changed).isGreaterThan(events.size() - cut);
      List<double[]> after = weights(planted, 0.01);
      for (int i = 0; i <= cut; i++) {
        assertThat(after.get(i)).containsExactly(weights.get(i));
      }
      assertThat(after.get(399)).isNotEqualTo(weights.get(399));
    }
  }

  /** Three events at one time: the label that ends at the third is not known at the second. */
  @Test
  void theRowNumberTellsOfEventsAtOneTime() {
    CausalWeights weights = new CausalWeights(new ExpertWeights(2, 1, 0), 0);
    weights.await(1, 1, 3, 100, new double[] {0, 1});
    assertThat(weights.at(1, 2, 100)).containsExactly(0.5, 0.5);
    assertThat(weights.at(1, 3, 100)[0]).isGreaterThan(0.5);
    assertThat(weights.waiting()).isZero();
  }

  @Test
  void waitsForTheDelay() {
    CausalWeights weights = new CausalWeights(new ExpertWeights(2, 1, 0), 10);
    weights.await(1, 1, 2, 100, new double[] {0, 1});
    assertThat(weights.at(1, 5, 109)).containsExactly(0.5, 0.5);
    assertThat(weights.at(1, 6, 110)[0]).isGreaterThan(0.5);
  }
}
