package io.depthcast.jobs.bench;

import io.depthcast.bilinear.BinCtablArchitecture;
import io.depthcast.deep.DeepLob;
import io.depthcast.deep.Dla;
import io.depthcast.deep.Gru;
import io.depthcast.deep.Lstm;
import io.depthcast.deep.Mlplob;
import io.depthcast.deep.StackedLstm;
import io.depthcast.deep.Tlob;
import io.depthcast.deep.Transformer;
import io.depthcast.models.MoveClass;
import io.depthcast.networks.Architecture;
import io.depthcast.networks.Learner;
import io.depthcast.networks.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/**
 * How many windows of 20 columns each network learns from in a second, on one thread, and how long
 * it takes to score one window. Prints Markdown.
 *
 * <p>System properties: {@code bench.train}, seconds that each network learns after a warm-up of
 * half of that; {@code bench.networks}, names of those to measure, with commas, all if empty;
 * {@code bench.jfr}, file for a Flight Recorder recording of all.
 */
public final class NetworkBenchmark {

  private static final int FEATURES = 20;
  private static final int ROWS = 20_000;
  private static final int SCORED = 2_000;
  private static final float[] CLASS_WEIGHTS = {1, 1, 1};

  private record Case(Architecture architecture, int batch) {}

  private static final List<Case> CASES =
      List.of(
          new Case(new BinCtablArchitecture(10), 128),
          new Case(new Dla(5, 100), 256),
          new Case(new Lstm(100, 40, 64), 256),
          new Case(new Mlplob(64, 40, 2), 256),
          new Case(new Tlob(64, 40, 2, 1), 256),
          new Case(new Gru(50, 64, 64, 0.1), 256),
          new Case(new Transformer(50, 32, 4, 64, 2), 256),
          new Case(new DeepLob(100), 64),
          new Case(new StackedLstm(100, 256, 128, 64, 0.3), 64));

  private final float[] rows = new float[ROWS * FEATURES];
  private final Random random = new Random(1);

  private NetworkBenchmark() {
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
  }

  public static void main(String[] args) throws Exception {
    String file = System.getProperty("bench.jfr", "");
    if (file.isEmpty()) {
      new NetworkBenchmark().run();
      return;
    }
    try (Recording recording = recording()) {
      recording.start();
      new NetworkBenchmark().run();
      recording.dump(Path.of(file));
    }
  }

  private static Recording recording() throws IOException, ParseException {
    return new Recording(Configuration.getConfiguration("profile"));
  }

  private void run() throws Exception {
    List<String> wanted = List.of(System.getProperty("bench.networks", "").split(","));
    BenchmarkText.print("%s; one thread, %d columns", BenchmarkText.machine(), FEATURES);
    BenchmarkText.print("");
    BenchmarkText.print(
        "| network | rows of a window | weights | batch | windows/s | windows per CPU second"
            + " | one window, p50, us | p99, us |");
    BenchmarkText.print("|---|---|---|---|---|---|---|---|");
    for (Case each : CASES) {
      if (wanted.contains("") || wanted.contains(each.architecture().name())) {
        measure(each);
      }
    }
  }

  private void measure(Case each) throws Exception {
    double seconds = Double.parseDouble(System.getProperty("bench.train", "10"));
    Learner learner = each.architecture.begin(FEATURES, 1);
    try (Network network = learner.network()) {
      learn(each, learner, seconds / 2);
      long[] learnt = new long[1];
      Seconds time = Seconds.of(() -> learnt[0] = learn(each, learner, seconds));
      double[] micros = score(network);
      BenchmarkText.print(
          String.format(
              Locale.ROOT,
              "| %s | %d | %,d | %d | %,.0f | %,.0f | %,.0f | %,.0f |",
              each.architecture().name(),
              each.architecture.steps(),
              network.weights().length,
              each.batch,
              learnt[0] / time.wall(),
              learnt[0] / time.cpu(),
              micros[micros.length / 2],
              micros[micros.length * 99 / 100]));
    }
  }

  private long learn(Case each, Learner learner, double seconds) {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    int[] begins = new int[each.batch];
    byte[] labels = new byte[each.batch];
    long learnt = 0;
    while (System.nanoTime() < until) {
      for (int i = 0; i < each.batch; i++) {
        begins[i] = begin(each.architecture.steps());
        labels[i] = (byte) random.nextInt(MoveClass.COUNT);
      }
      learner.learn(rows, begins, labels, CLASS_WEIGHTS, 1e-3);
      learnt += each.batch;
    }
    return learnt;
  }

  private int begin(int steps) {
    return random.nextInt(ROWS - steps) * FEATURES;
  }

  private double[] score(Network network) {
    double[] micros = new double[SCORED];
    float[][] out = new float[1][MoveClass.COUNT];
    int[] begins = new int[1];
    for (int i = -SCORED / 2; i < SCORED; i++) {
      begins[0] = begin(network.steps());
      long start = System.nanoTime();
      network.probabilities(rows, begins, out);
      if (i >= 0) {
        micros[i] = (System.nanoTime() - start) / 1e3;
      }
    }
    Arrays.sort(micros);
    return micros;
  }
}
