package io.depthcast.jobs.forecasts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.LakeFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A model's artifact in the lake, as its card in {@code gold.models} names it.
 *
 * @param path below the lake
 * @param sha256 of the bytes, hex
 */
public record StoredModel(String path, String sha256) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes an artifact. */
  public static StoredModel store(
      Lake lake, String planId, String model, String label, int fold, byte[] artifact) {
    String path =
        String.format(Locale.ROOT, "models/%s/%s-%s-fold%d.bin", planId, model, label, fold);
    LakeFile.write(lake, path, artifact);
    return new StoredModel(path, sha256(artifact));
  }

  /** What may change a fit's last bits, JSON; not the cluster, which must not. */
  public static String machine(Provenance provenance) {
    Map<String, String> machine = new TreeMap<>(provenance.environment());
    machine.keySet().retainAll(Set.of("java", "os", "spark"));
    try {
      return JSON.writeValueAsString(machine);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SHA-256, hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
