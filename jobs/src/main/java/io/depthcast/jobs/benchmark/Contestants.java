package io.depthcast.jobs.benchmark;

import io.depthcast.bilinear.BinCtablArchitecture;
import io.depthcast.deep.Dla;
import io.depthcast.deep.Lstm;
import io.depthcast.deep.Mlplob;
import io.depthcast.deep.Tlob;
import io.depthcast.jobs.ConfigException;
import io.depthcast.linear.LogisticRegression;
import io.depthcast.networks.RateDecay;
import io.depthcast.networks.Schedule;
import io.depthcast.trees.Xgboost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The models of each protocol, in the order in which they are fitted. Those of the reference's
 * names have its inputs and its settings, as near as ours come to them.
 */
final class Contestants {

  private Contestants() {}

  static List<Contestant> of(Protocol protocol) {
    List<Contestant> all = new ArrayList<>();
    all.add(Naive.majority());
    all.add(Naive.persistence());
    all.add(logistic("logreg_row", BenchmarkRows::inputs));
    all.add(logistic("logreg_F", Contestants::inputsAndF));
    all.add(logistic("logreg_N", Contestants::onlyF));
    all.add(boosting("xgboost", twin(true), Contestants::inputsAndF));
    all.add(boosting("xgboost_unw", twin(false), Contestants::inputsAndF));
    all.add(boosting("xgboost_rowonly", twin(true), BenchmarkRows::inputs));
    all.add(boosting("xgboost_nobook", twin(true), Contestants::onlyF));
    all.addAll(networks(protocol));
    if (protocol == Protocol.FI2010) {
      // Its prices are z-scores, of which our own features cannot be made.
      all.add(new Blend("blend", List.of("logreg_F", "xgboost")));
    } else {
      all.add(logistic("logreg_wide", BenchmarkRows::features));
      all.add(boosting("xgboost_wide", wide(protocol), BenchmarkRows::features));
      all.add(new Blend("blend", List.of("logreg_wide", "xgboost_wide")));
    }
    return all;
  }

  /** Sizes and rates of the reference; windows of more than ten rows are scored more often. */
  private static List<Contestant> networks(Protocol protocol) {
    boolean isOneDay = protocol == Protocol.LOBSTER;
    Schedule longWindows = new Schedule(1e-3, new RateDecay.None(), 256, 100, 20_000, 6);
    int fewer = isOneDay ? 2 : 8;
    return List.of(
        new Windowed(
            "binctabl",
            new BinCtablArchitecture(10),
            new Schedule(1e-3, new RateDecay.None(), 128, 100, 40_000, 6),
            isOneDay ? 1 : 3),
        new Windowed(
            "dla",
            new Dla(5, 100),
            new Schedule(2.795e-3, new RateDecay.None(), 256, 100, 40_000, 6),
            isOneDay ? 1 : 3),
        new Windowed("mlplob", new Mlplob(64, 40, 2), longWindows, fewer),
        new Windowed("tlob", new Tlob(64, 40, 2, 1), longWindows, fewer),
        new Windowed("lstm", new Lstm(100, 40, 64), longWindows, fewer));
  }

  /** LightGBM's 31 leaves are a depth of 5; its 100 rows a leaf are about 50 of hessian. */
  private static Xgboost twin(boolean balanced) {
    return new Xgboost(500, 5, 0.06, 0.8, 0.7, 50, 1, 50, balanced);
  }

  private static Xgboost wide(Protocol protocol) {
    return protocol == Protocol.ASHARE
        ? new Xgboost(300, 6, 0.15, 0.7, 0.4, 50, 5, 15, false)
        : new Xgboost(300, 4, 0.1, 0.7, 0.4, 50, 5, 15, true);
  }

  /** scikit-learn's C = 1. */
  private static Contestant logistic(String name, Function<BenchmarkRows, Columns> columns) {
    return new Tabular(name, false, rows -> new LogisticRegression(1.0 / rows, 400, true), columns);
  }

  private static Contestant boosting(
      String name, Xgboost trainer, Function<BenchmarkRows, Columns> columns) {
    return new Tabular(name, true, rows -> trainer, columns);
  }

  private static Columns onlyF(BenchmarkRows rows) {
    return rows.features().select(rows.featuresF()::contains);
  }

  private static Columns inputsAndF(BenchmarkRows rows) {
    return rows.inputs().with(onlyF(rows));
  }

  /**
   * The models of these names and their members, each after its members.
   *
   * @param names all where empty
   * @throws ConfigException for an unknown name
   */
  static List<Contestant> chosen(Protocol protocol, List<String> names) {
    List<Contestant> all = of(protocol);
    if (names.isEmpty()) {
      return all;
    }
    List<Contestant> wanted = new ArrayList<>();
    for (String name : names) {
      Contestant model = find(all, name).orElseThrow(() -> unknown(all, name));
      for (String member : model.members()) {
        wanted.add(find(all, member).orElseThrow());
      }
      wanted.add(model);
    }
    return all.stream().filter(wanted::contains).toList();
  }

  private static Optional<Contestant> find(List<Contestant> all, String name) {
    return all.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  private static ConfigException unknown(List<Contestant> all, String name) {
    return new ConfigException(
        "--models: no model '"
            + name
            + "'; there are "
            + String.join(", ", all.stream().map(Contestant::name).toList()));
  }
}
