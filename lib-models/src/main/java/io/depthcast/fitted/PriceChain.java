package io.depthcast.fitted;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/** Transitions between states of the book, counted, and where the price goes from each. */
final class PriceChain {

  private final int states;

  /** Transitions that leave the price, from state, to state. */
  private final double[][] stays;

  /** Transitions that move the price. */
  private final double[][] moves;

  /** Sum of the moves from a state. */
  private final double[] drift;

  PriceChain(int states) {
    this.states = states;
    stays = new double[states][states];
    moves = new double[states][states];
    drift = new double[states];
  }

  /**
   * Counts a transition.
   *
   * @param move of the price, 0 for none
   */
  void add(int from, int to, double move) {
    (move == 0 ? stays : moves)[from][to]++;
    drift[from] += move;
  }

  /** The chain with each transition a second time, in mirrored states and with a mirrored move. */
  PriceChain symmetric(IntUnaryOperator mirror) {
    PriceChain both = new PriceChain(states);
    for (int from = 0; from < states; from++) {
      int mirrored = mirror.applyAsInt(from);
      for (int to = 0; to < states; to++) {
        both.stays[from][to] = stays[from][to] + stays[mirrored][mirror.applyAsInt(to)];
        both.moves[from][to] = moves[from][to] + moves[mirrored][mirror.applyAsInt(to)];
      }
      both.drift[from] = drift[from] - drift[mirrored];
    }
    return both;
  }

  /** By state, the mean of the price's next moves together; 0 where no move was seen to follow. */
  double[] expectedMove(int nextMoves) {
    int[] moving = moving();
    double[] expected = new double[states];
    if (moving.length == 0) {
      return expected;
    }
    int n = moving.length;
    RealMatrix staying = new Array2DRowRealMatrix(n, n);
    RealMatrix going = new Array2DRowRealMatrix(n, n);
    double[] mean = new double[n];
    for (int i = 0; i < n; i++) {
      int from = moving[i];
      double all = Arrays.stream(stays[from]).sum() + Arrays.stream(moves[from]).sum();
      for (int j = 0; j < n; j++) {
        staying.setEntry(i, j, (i == j ? 1 : 0) - stays[from][moving[j]] / all);
        going.setEntry(i, j, moves[from][moving[j]] / all);
      }
      mean[i] = drift[from] / all;
    }
    DecompositionSolver solver = new LUDecomposition(staying, 0).getSolver();
    RealVector next = solver.solve(new Array2DRowRealMatrix(mean)).getColumnVector(0);
    RealMatrix afterMove = solver.solve(going);
    RealVector sum = next;
    for (int move = 1; move < nextMoves; move++) {
      next = afterMove.operate(next);
      sum = sum.add(next);
    }
    for (int i = 0; i < n; i++) {
      expected[moving[i]] = sum.getEntry(i);
    }
    return expected;
  }

  /** States from which transitions lead to a move. */
  private int[] moving() {
    boolean[] isMoving = new boolean[states];
    boolean more = true;
    while (more) {
      more = false;
      for (int from = 0; from < states; from++) {
        if (!isMoving[from] && (Arrays.stream(moves[from]).sum() > 0 || leadsTo(from, isMoving))) {
          isMoving[from] = true;
          more = true;
        }
      }
    }
    return IntStream.range(0, states).filter(s -> isMoving[s]).toArray();
  }

  private boolean leadsTo(int from, boolean[] among) {
    for (int to = 0; to < states; to++) {
      if (among[to] && stays[from][to] > 0) {
        return true;
      }
    }
    return false;
  }
}
