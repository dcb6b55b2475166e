package io.depthcast.jobs.benchmark;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The mean of other models' log probabilities, seed by seed.
 *
 * @param members models that are fitted before
 */
record Blend(String name, List<String> members) implements Contestant {

  @Override
  public boolean isSeeded() {
    return true;
  }

  @Override
  public boolean isProbabilistic() {
    return true;
  }

  @Override
  public List<Forecast> forecasts(Contest contest, List<Long> seeds) {
    return IntStream.range(0, seeds.size())
        .mapToObj(
            s ->
                Forecast.mean(
                    members.stream()
                        .map(contest.before()::get)
                        .map(all -> all.get(Math.min(s, all.size() - 1)))
                        .toList()))
        .toList();
  }
}
