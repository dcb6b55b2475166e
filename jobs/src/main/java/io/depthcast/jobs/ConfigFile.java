package io.depthcast.jobs;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.depthcast.ensembles.Ensemble;
import io.depthcast.features.FeatureFamily;
import io.depthcast.features.Window;
import io.depthcast.feed.snapshot.SnapshotTime;
import io.depthcast.fitted.FittedFamily;
import io.depthcast.labels.Label;
import io.depthcast.networks.RateDecay;
import io.depthcast.search.Distribution;
import io.depthcast.training.Trainer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A YAML file that is a record: unknown keys, missing keys, nulls, numbers given as text and values
 * out of range are refused with file, key, value and what is allowed.
 *
 * @param name file name for messages
 * @param text the YAML
 */
public record ConfigFile(String name, String text) {

  private static final ObjectMapper YAML = mapper();
  private static final Pattern LINE = Pattern.compile(" in 'reader', line (\\d+), column ");
  private static final String TWICE = "Duplicate field ";
  private static final Pattern MISSING = Pattern.compile("Missing creator property '(\\w+)'.*");
  private static final Pattern TEXT = Pattern.compile("[^(]* value \\(\"(.*)\"\\) to .*");

  /** The record written as a one-key object: {@code orderFlowImbalance: {levels: 10}}. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
  private interface NamedRecord {}

  /** Reads a file of the local file system. */
  public static ConfigFile of(Path file) {
    try {
      return new ConfigFile(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read; give an existing YAML file", e);
    }
  }

  /** The configuration that ships in the application jar as {@code configs/<path>}. */
  public static ConfigFile shipped(String path) {
    String resource = "/configs/" + path;
    try (InputStream in = ConfigFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ConfigException(
            "configs/" + path + ": no such configuration ships; give --config FILE");
      }
      return new ConfigFile(
          "configs/" + path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ConfigException("configs/" + path + ": cannot be read", e);
    }
  }

  /** The record that this file describes. */
  public <C> C as(Class<C> type) {
    try {
      C value = YAML.readValue(text, type);
      if (value == null) {
        throw new ConfigException(name + ": the file is empty; see configs/ for an example");
      }
      return value;
    } catch (JsonMappingException e) {
      throw new ConfigException(name + where(e) + ": " + what(e), e);
    } catch (JsonProcessingException e) {
      throw new ConfigException(name + where(e) + ": " + syntax(e.getOriginalMessage()), e);
    }
  }

  private static String syntax(String message) {
    return message.startsWith(TWICE)
        ? "key " + message.substring(TWICE.length()) + " comes twice"
        : "not YAML: "
            + message
                .lines()
                .filter(line -> !line.startsWith("while ") && !line.startsWith(" "))
                .findFirst()
                .orElse("see configs/ for an example");
  }

  /** SHA-256 of the values, not of layout and comments: first 16 hex digits. */
  public static String hash(Object config) {
    try {
      byte[] canonical = YAML.writeValueAsBytes(config);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The record as YAML, keys in record order. */
  public static String yaml(Object config) {
    try {
      return YAML.writeValueAsString(config);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The record as YAML as a person writes it: what one of several kinds is as a key, no tag. */
  public static String plainYaml(Object config) {
    try {
      return YAML.writer()
          .without(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
          .writeValueAsString(config);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String where(JsonProcessingException e) {
    // The location is that of the token before the fault; the message has the fault's own.
    Matcher fault = LINE.matcher(e.getOriginalMessage());
    if (fault.find()) {
      return " line " + fault.group(1);
    }
    return e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
  }

  private static String what(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
            .collect(Collectors.joining("."))
            .replace(".[", "[");
    String key = path.isEmpty() ? "" : path + ": ";
    if (e instanceof UnrecognizedPropertyException u) {
      return "unknown key '" + path + "'; allowed: " + allowed(u);
    }
    if (e instanceof InvalidTypeIdException t) {
      return key + "unknown name '" + t.getTypeId() + "'" + TrainerYaml.allowed(t.getBaseType());
    }
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return key + e.getCause().getMessage();
    }
    if (e instanceof InvalidFormatException f) {
      return key + "must be " + kind(f.getTargetType()) + ", not '" + f.getValue() + "'";
    }
    String message = e.getOriginalMessage().lines().findFirst().orElseThrow();
    if (message.startsWith(TWICE)) {
      return syntax(message);
    }
    if (!(e instanceof MismatchedInputException m)) {
      return key + message;
    }
    if (MISSING.matcher(message).matches()) {
      return "missing key '" + path + "'";
    }
    if (message.startsWith("Null value for") || message.startsWith("Cannot map `null`")) {
      return key + "no value given";
    }
    if (message.startsWith("No content")) {
      return "the file is empty; see configs/ for an example";
    }
    Matcher text = TEXT.matcher(message);
    return key
        + "must be "
        + kind(m.getTargetType())
        + (text.matches() ? ", not '" + text.group(1) + "'" : "");
  }

  private static String allowed(UnrecognizedPropertyException e) {
    return e.getKnownPropertyIds().isEmpty()
        ? "none"
        : e.getKnownPropertyIds().stream()
            .map(Object::toString)
            .sorted()
            .collect(Collectors.joining(", "));
  }

  /** What a value of the type looks like in YAML. */
  private static String kind(Class<?> type) {
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == LocalDate.class) {
      return "a date, yyyy-mm-dd";
    }
    if (type == LocalTime.class) {
      return "a time of day, \"hh:mm\"";
    }
    if (type == ZoneId.class) {
      return "a time zone such as Asia/Shanghai";
    }
    if (type == Window.class) {
      return "events such as 50e or time such as 500ms";
    }
    if (type == String.class) {
      return "text";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(c -> c.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(" or "));
    }
    return "keys and values";
  }

  private static ObjectMapper mapper() {
    YAMLMapper.Builder builder =
        YAMLMapper.builder(new YAMLFactory())
            .addModule(new JavaTimeModule())
            .addModule(windows())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .addMixIn(FeatureFamily.class, NamedRecord.class)
            .addMixIn(Label.class, NamedRecord.class)
            .addMixIn(FittedFamily.class, NamedRecord.class)
            .addMixIn(Ensemble.class, NamedRecord.class)
            .addMixIn(SnapshotTime.class, NamedRecord.class)
            .addMixIn(RateDecay.class, NamedRecord.class)
            .addMixIn(Distribution.class, NamedRecord.class)
            .addMixIn(Trainer.class, TrainerYaml.Named.class)
            .addModule(
                new SimpleModule("trainers").addDeserializer(Trainer.class, new TrainerYaml()));
    for (Class<?> sealed :
        new Class<?>[] {
          FeatureFamily.class,
          Label.class,
          SnapshotTime.class,
          FittedFamily.class,
          RateDecay.class,
          Distribution.class,
          Ensemble.class
        }) {
      for (Class<?> record : sealed.getPermittedSubclasses()) {
        builder.registerSubtypes(new NamedType(record, key(record)));
      }
    }
    YAMLMapper mapper = builder.build();
    for (LogicalType number : new LogicalType[] {LogicalType.Integer, LogicalType.Float}) {
      mapper
          .coercionConfigFor(number)
          .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    }
    return mapper;
  }

  /** A window is written as in the names of columns, {@code 50e}. */
  private static SimpleModule windows() {
    return new SimpleModule("windows")
        .addSerializer(Window.class, ToStringSerializer.instance)
        .addDeserializer(
            Window.class,
            new FromStringDeserializer<>(Window.class) {
              private static final long serialVersionUID = 1L;

              @Override
              protected Window _deserialize(String text, DeserializationContext context) {
                return Window.of(text);
              }
            });
  }

  private static String key(Class<?> record) {
    String name = record.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
