package io.depthcast.jobs;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one Spark session and the one synthetic lake of the whole test run: starting them
 * costs seconds. Both end with the run.
 */
public final class SparkTest implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SparkTest.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == SparkSession.class || type == SyntheticLake.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Store store = context.getRoot().getStore(NAMESPACE);
    SparkSession spark =
        store.getOrComputeIfAbsent("session", key -> session(), SparkSession.class);
    return parameter.getParameter().getType() == SparkSession.class
        ? spark
        : store.getOrComputeIfAbsent("lake", key -> new SyntheticLake(spark), SyntheticLake.class);
  }

  private static SparkSession session() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "2");
    System.setProperty("spark.hadoop.fs.full.impl", FullDisk.class.getName());
    System.setProperty("spark.delta.logStore.full.impl", "io.delta.storage.LocalLogStore");
    return JobMain.session("test");
  }
}
