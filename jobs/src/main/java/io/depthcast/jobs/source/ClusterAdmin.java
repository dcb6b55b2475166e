package io.depthcast.jobs.source;

import io.depthcast.jobs.ConfigException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;

/** Asks a Kafka cluster about itself; a cluster that does not answer is one clear line. */
public final class ClusterAdmin implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 10;

  private final String option;
  private final Admin admin;

  /**
   * Begins to ask; no broker is reached yet.
   *
   * @param option where the user named the brokers, for messages
   * @param addresses {@code host:port}, comma separated
   * @throws ConfigException if they are no addresses
   */
  public ClusterAdmin(String option, String addresses) {
    this.option = option;
    try {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  addresses,
                  AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  PATIENCE_SECONDS * 500,
                  AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                  PATIENCE_SECONDS * 1000));
    } catch (KafkaException e) {
      // The client says "Failed to create new KafkaAdminClient" and keeps the reason.
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new ConfigException(option + ": " + reason.getMessage(), e);
    }
  }

  /** What can be asked. */
  public Admin admin() {
    return admin;
  }

  /**
   * Waits for an answer.
   *
   * @throws ConfigException if there is none, or it is a refusal
   */
  public <T> T answer(KafkaFuture<T> question) {
    try {
      return question.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RetriableException
          ? silence(e)
          : new ConfigException(option + ": " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw silence(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while asking Kafka", e);
    }
  }

  private ConfigException silence(Exception e) {
    return new ConfigException(
        option + ": no broker answers within " + PATIENCE_SECONDS + " s; check the address", e);
  }

  @Override
  public void close() {
    admin.close();
  }
}
