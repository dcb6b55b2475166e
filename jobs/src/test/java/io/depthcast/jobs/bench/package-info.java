/**
 * The benchmark against DuckDB; run by the Maven profile {@code benchmark}, see docs/benchmarks.md.
 */
package io.depthcast.jobs.bench;
