package io.depthcast.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.fitted.FittedFamily;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.forecasts.StoredModel;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.train.Fits.Fitted;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Stores models in the lake, each with its card. */
final class ModelCards {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelCards() {}

  /** The families as in the configuration. */
  record FittedBlock(List<FittedFamily> fitted) {}

  /** Writes the artifacts and answers the rows of {@code gold.models}. */
  static List<Row> store(
      Lake lake,
      String planId,
      TrainConfig config,
      TrainingTable table,
      String fingerprint,
      List<Fitted> fitted,
      Provenance provenance) {
    List<Row> cards = new ArrayList<>();
    for (Fitted f : fitted) {
      StoredModel stored =
          StoredModel.store(
              lake, planId, f.trainer().name(), f.label(), f.fold().id(), f.artifact());
      cards.add(
          RowFactory.create(
              f.trainer().name(),
              planId,
              f.fold().id(),
              f.label(),
              ConfigFile.yaml(f.trainer()),
              table.featureSetId(),
              String.join(",", table.inputs()),
              json(f.thresholdsBps()),
              ConfigFile.yaml(new FittedBlock(config.fitted())),
              json(f.fittedInputs().numbers()),
              f.trainRows(),
              f.validationRows(),
              f.fold().trainFrom(),
              f.fold().testFrom(),
              f.fold().testFrom(),
              f.fold().testTo(),
              fingerprint,
              provenance.configHash(),
              config.seed(),
              provenance.codeVersion(),
              StoredModel.machine(provenance),
              stored.path(),
              stored.sha256()));
    }
    return cards;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
