package io.depthcast.jobs;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import io.depthcast.algorithms.Algorithms;
import io.depthcast.calibration.Calibrated;
import io.depthcast.networks.NetworkTrainer;
import io.depthcast.training.Trainer;
import java.io.IOException;
import java.util.List;

/**
 * A trainer in YAML: a one-key object of its algorithm and its hyper-parameters, or the algorithm's
 * name alone, which stands for the entry of {@code configs/models.yaml} that ships. Or {@code
 * calibrated: {model: ...}} of either.
 */
final class TrainerYaml extends StdDeserializer<Trainer> {

  private static final long serialVersionUID = 1L;

  TrainerYaml() {
    super(Trainer.class);
  }

  /** {@code configs/models.yaml}. */
  record Models(List<Trainer> models) {}

  /** The annotations of {@link Trainer}. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, include = JsonTypeInfo.As.WRAPPER_OBJECT)
  @JsonTypeIdResolver(ByAlgorithm.class)
  interface Named {}

  /** The end of a line that refuses a name. */
  static String allowed(JavaType named) {
    return named.hasRawClass(Trainer.class)
        ? "; allowed: " + String.join(", ", Algorithms.NAMES) + ", " + Calibrated.NAME
        : "";
  }

  @Override
  public Trainer deserialize(JsonParser parser, DeserializationContext context) {
    throw new IllegalStateException("A trainer is read by its algorithm");
  }

  @Override
  public Object deserializeWithType(
      JsonParser parser, DeserializationContext context, TypeDeserializer byAlgorithm)
      throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return byAlgorithm.deserializeTypedFromAny(parser, context);
    }
    String algorithm = parser.getText();
    return ConfigFile.shipped("models.yaml").as(Models.class).models().stream()
        .filter(trainer -> trainer.name().equals(algorithm))
        .findFirst()
        .orElseThrow(
            () ->
                context.invalidTypeIdException(
                    context.constructType(Trainer.class), algorithm, "none ships"));
  }

  /** The algorithm's name is the key. */
  static final class ByAlgorithm extends TypeIdResolverBase {

    @Override
    public String idFromValue(Object value) {
      return value instanceof Calibrated ? Calibrated.NAME : ((Trainer) value).name();
    }

    @Override
    public String idFromValueAndType(Object value, Class<?> type) {
      return idFromValue(value);
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String algorithm) {
      if (algorithm.equals(Calibrated.NAME)) {
        return context.constructType(Calibrated.class);
      }
      if (!Algorithms.NAMES.contains(algorithm)) {
        return null;
      }
      return Algorithms.architecture(algorithm)
          .map(
              architecture ->
                  context
                      .getTypeFactory()
                      .constructParametricType(NetworkTrainer.class, architecture))
          .orElseGet(() -> context.constructType(Algorithms.trainer(algorithm)));
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
      return JsonTypeInfo.Id.CUSTOM;
    }
  }
}
