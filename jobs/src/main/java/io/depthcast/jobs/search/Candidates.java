package io.depthcast.jobs.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.search.Distribution;
import io.depthcast.training.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes models with other hyper-parameters. */
final class Candidates {

  private static final YAMLMapper YAML = new YAMLMapper();

  private Candidates() {}

  /**
   * The model itself and those drawn; more of them begin with the same ones.
   *
   * @throws ConfigException for one that cannot be
   */
  static List<Trainer> of(Trainer base, Map<String, Distribution> space, int drawn, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trainer> candidates = new ArrayList<>();
    candidates.add(base);
    for (int i = 1; i <= drawn; i++) {
      Map<String, Object> values = new TreeMap<>();
      space.forEach((name, distribution) -> values.put(name, distribution.draw(random)));
      candidates.add(with(base, values, "candidate " + i));
    }
    return candidates;
  }

  /** Refuses values that the model does not allow. */
  static void check(Trainer base, Map<String, Distribution> space) {
    space.forEach(
        (name, distribution) ->
            distribution.ends().forEach(end -> with(base, Map.of(name, end), "space." + name)));
  }

  private static Trainer with(Trainer base, Map<String, Object> values, String where) {
    ObjectNode tree = tree(base);
    values.forEach((name, value) -> set((ObjectNode) tree.get(key(tree)), name, value));
    return new ConfigFile(where, ConfigFile.plainYaml(tree)).as(Trainer.class);
  }

  private static void set(ObjectNode parameters, String path, Object value) {
    ObjectNode at = parameters;
    String name = path;
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.')) {
      at = at.get(name.substring(0, dot)) instanceof ObjectNode inner ? inner : missing(at, path);
      name = name.substring(dot + 1);
    }
    if (!at.has(name)) {
      missing(at, path);
    }
    at.set(name, YAML.valueToTree(value));
  }

  private static ObjectNode missing(JsonNode at, String path) {
    List<String> there = new ArrayList<>();
    at.fieldNames().forEachRemaining(there::add);
    throw new ConfigException(
        "space: the model has no hyper-parameter " + path + "; there are " + there);
  }

  /** Hyper-parameters of a model as JSON. */
  static String json(Trainer model) {
    ObjectNode tree = tree(model);
    return tree.get(key(tree)).toString();
  }

  /** A model as it stands in the list of a training's models. */
  static String yaml(Trainer model) {
    return ConfigFile.plainYaml(model)
        .lines()
        .filter(line -> !line.equals("---"))
        .collect(Collectors.joining("\n    ", "  - ", ""));
  }

  /** {@code name: {hyper-parameters}}. */
  private static ObjectNode tree(Trainer model) {
    try {
      return (ObjectNode) YAML.readTree(ConfigFile.plainYaml(model));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(ObjectNode tree) {
    return tree.fieldNames().next();
  }
}
