package io.depthcast.jobs.benchmark;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * What models are fitted on.
 *
 * @param spark session of the trainers
 * @param rows all rows
 * @param problem the horizon
 * @param before forecasts of the models before, by name
 * @param progress takes lines that say how a fit goes on
 */
record Contest(
    SparkSession spark,
    BenchmarkRows rows,
    Problem problem,
    Map<String, List<Forecast>> before,
    Consumer<String> progress) {}
