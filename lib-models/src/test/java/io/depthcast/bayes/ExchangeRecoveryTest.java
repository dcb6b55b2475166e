package io.depthcast.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.L3Book;
import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.Instrument;
import io.depthcast.exchange.OrderEvent;
import io.depthcast.exchange.OrderFlow;
import io.depthcast.exchange.PlantedSignal;
import io.depthcast.exchange.PriceMove;
import io.depthcast.exchange.SessionSink;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The models learn from the synthetic exchange what was planted there. */
class ExchangeRecoveryTest {

  private static final Forgetting NOTHING = new ConstantForgetting(1);

  /** The sign of the flow is the row, the direction of the move that follows the outcome. */
  private static List<PriceMove> moves(double r2) throws IOException {
    List<PriceMove> moves = new ArrayList<>();
    new ExchangeSession(
            new Instrument("SYN", 100, 2500, OrderFlow.SMALL_TICK),
            LocalDate.of(2024, 3, 7),
            3600,
            11,
            new PlantedSignal(r2, 5),
            List.of())
        .run(
            List.of(
                new SessionSink() {
                  @Override
                  public void take(OrderEvent event, L3Book book) {}

                  @Override
                  public void take(PriceMove move) {
                    moves.add(move);
                  }
                }));
    return moves;
  }

  private static int label(PriceMove move) {
    return move.direction() > 0 ? 0 : 1;
  }

  @Test
  void countsByStateFindThePlantedProbabilities() throws IOException {
    List<PriceMove> moves = moves(0.25);
    assertThat(moves).hasSizeGreaterThan(200);
    DirichletByState model = new DirichletByState(2, new Dirichlet(2, 1), NOTHING);
    for (PriceMove move : moves) {
      model.learn(new double[] {move.flow() > 0 ? 1 : 0}, label(move));
    }
    // up with probability (1 + sqrt(.25) u) / 2: 1/4 after sellers, 3/4 after buyers; four standard
    // errors with at least 40 % of the moves after either
    double four = 4 * Math.sqrt(0.75 * 0.25 / (0.4 * moves.size()));
    double[] out = new double[2];
    model.probabilities(new double[] {0}, out);
    assertThat(out[0]).isCloseTo(0.25, within(four));
    model.probabilities(new double[] {1}, out);
    assertThat(out[0]).isCloseTo(0.75, within(four));
  }

  @Test
  void softmaxFindsThePlantedSlopeAndNoneInTheNullWorld() throws IOException {
    // log odds of up are +-log 3 after buyers and sellers, slope log 3 in the flow's sign
    double[] planted = slope(moves(0.25));
    assertThat(planted[0]).isCloseTo(Math.log(3), within(3 * planted[1]));
    assertThat(planted[0]).isGreaterThan(5 * planted[1]);
    double[] none = slope(moves(0));
    assertThat(none[0]).isCloseTo(0, within(3 * none[1]));
  }

  private static double[] slope(List<PriceMove> moves) {
    AdfSoftmax model = new AdfSoftmax(2, 1, 2, NOTHING);
    for (PriceMove move : moves) {
      model.learn(new double[] {Math.signum(move.flow())}, label(move));
    }
    return model.weight(0, 1);
  }
}
