package io.depthcast.fitted;

import io.depthcast.features.DepthScaledOrderFlow;
import io.depthcast.features.Feature;
import io.depthcast.features.FeatureFamily;
import io.depthcast.features.OrderFlowImbalance;
import io.depthcast.features.Window;
import io.depthcast.training.Range;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Integrated order flow imbalance: the levels' OFI of a window, weighted by their first principal
 * component on the training rows,
 *
 * <pre>
 *   integrated_ofi(n)  =  w' ofi(n) / (|w_1| + ... + |w_M|),   ofi(n) = (ofi_1(n) .. ofi_M(n))
 * </pre>
 *
 * <p>with w the eigenvector of the largest eigenvalue of the covariance of ofi over the training
 * rows. Weights are positive on the whole: their sum is not negative, and where it is 0 the first
 * that is not 0 is positive. Equal weights where nothing varies. In the unit of the columns. The
 * numbers fitted are the M weights, the sum of their absolute values 1.
 *
 * @param levels M, levels 1 .. levels; 2 to 10
 * @param window of the columns that are read
 * @param depthScaled whether they are {@link DepthScaledOrderFlow}, as in the paper, or {@link
 *     OrderFlowImbalance} in base units
 */
public record IntegratedOfi(int levels, Window window, boolean depthScaled)
    implements FittedFamily {

  public IntegratedOfi {
    Range.check("levels", levels, 2, 10);
  }

  @Override
  public List<String> requires() {
    FeatureFamily flows =
        depthScaled
            ? new DepthScaledOrderFlow(levels, window)
            : new OrderFlowImbalance(levels, window);
    return flows.produces().stream().map(Feature::name).toList();
  }

  @Override
  public Feature produces() {
    String first = requires().get(0);
    return new Feature(
        "integrated_" + first.replace("ofi_1", "ofi"),
        depthScaled ? "1" : "base units",
        "sum over levels m = 1 to "
            + levels
            + " of w_m "
            + first.replace("ofi_1", "ofi_m")
            + ", w the first principal component of the training rows, sum |w_m| = 1");
  }

  @Override
  public String reference() {
    return "Cont, Cucuringu, Zhang 2023, Cross-Impact of Order Flow Imbalance in Equity Markets,"
        + " integrated OFI";
  }

  @Override
  public FeatureFit start() {
    return new Fit(levels);
  }

  @Override
  public FittedFeature restore(double[] numbers) {
    if (numbers.length != levels || !(Math.abs(l1(numbers) - 1) < 1e-9)) {
      throw new IllegalArgumentException(
          "Invalid weights: "
              + Arrays.toString(numbers)
              + " (must be "
              + levels
              + ", the sum of their absolute values 1)");
    }
    return new Weighted(numbers.clone());
  }

  private static double l1(double[] weights) {
    return Arrays.stream(weights).map(Math::abs).sum();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Weighted(double[] weights) implements FittedFeature {
    private static final long serialVersionUID = 1L;

    @Override
    public double value(double[] values) {
      double sum = 0;
      for (int m = 0; m < weights.length; m++) {
        sum += weights[m] * values[m];
      }
      return sum;
    }

    @Override
    public double[] numbers() {
      return weights.clone();
    }
  }

  /** Means and sums of products of deviations, updated row by row as Welford (1962) does. */
  private static final class Fit implements FeatureFit {
    private final double[] mean;
    private final double[] deviation;
    private final double[][] products;
    private long rows;

    Fit(int levels) {
      mean = new double[levels];
      deviation = new double[levels];
      products = new double[levels][levels];
    }

    @Override
    public void add(double[] values, boolean follows) {
      rows++;
      for (int i = 0; i < mean.length; i++) {
        deviation[i] = values[i] - mean[i];
        mean[i] += deviation[i] / rows;
      }
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j <= i; j++) {
          products[i][j] += deviation[i] * (values[j] - mean[j]);
        }
      }
    }

    @Override
    public FittedFeature finish() {
      int levels = mean.length;
      double total = IntStream.range(0, levels).mapToDouble(i -> products[i][i]).sum();
      double[] weights = new double[levels];
      if (!(total > 0)) {
        Arrays.fill(weights, 1.0 / levels);
        return new Weighted(weights);
      }
      double[][] covariance = new double[levels][levels];
      for (int i = 0; i < levels; i++) {
        for (int j = 0; j <= i; j++) {
          covariance[i][j] = products[i][j] / total;
          covariance[j][i] = covariance[i][j];
        }
      }
      double[] component =
          new EigenDecomposition(new Array2DRowRealMatrix(covariance, false))
              .getEigenvector(0)
              .toArray();
      double scale = sign(component) * l1(component);
      Arrays.setAll(weights, m -> component[m] / scale);
      return new Weighted(weights);
    }

    private static double sign(double[] component) {
      double sum = Arrays.stream(component).sum();
      // Below rounding the sum has no sign of its own.
      double signed =
          Math.abs(sum) > 1e-12
              ? sum
              : Arrays.stream(component).filter(w -> Math.abs(w) > 1e-12).findFirst().orElse(1);
      return signed < 0 ? -1 : 1;
    }
  }
}
