package io.depthcast.deep;

import java.io.PrintStream;
import java.util.Collection;
import org.nd4j.autodiff.samediff.SameDiff;

/** Derives a graph's gradients without the line that ND4J prints for each operation. */
final class QuietGradients {

  private static final String NOISE = "Added differentiated op";

  private QuietGradients() {}

  static synchronized void derive(SameDiff graph, Collection<String> weights) {
    PrintStream out = System.out;
    Thread self = Thread.currentThread();
    System.setOut(
        new PrintStream(out, true) {
          @Override
          public void println(String line) {
            if (!(Thread.currentThread() == self && line != null && line.startsWith(NOISE))) {
              super.println(line);
            }
          }
        });
    try {
      graph.createGradFunction(weights.toArray(String[]::new));
    } finally {
      System.setOut(out);
    }
  }
}
