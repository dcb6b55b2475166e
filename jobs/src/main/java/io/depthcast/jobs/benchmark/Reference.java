package io.depthcast.jobs.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a public implementation reached on a horizon of a protocol, as {@code reference.csv} says.
 *
 * @param protocol {@code ashare}, {@code lobster}, {@code fi2010} or {@link #ANCHORED}
 * @param horizon rows ahead
 * @param model name of the public model; {@link #MARK} for the best of all that is to be beaten
 * @param twin our model with the same inputs and settings, empty for none
 * @param macroF1 by the most probable class; NaN where not measured, as all figures
 * @param tunedF1 by the rule tuned on validation rows
 */
record Reference(
    String protocol,
    int horizon,
    String model,
    String twin,
    double macroF1,
    double accuracy,
    double mcc,
    double tunedF1,
    double tunedAccuracy,
    double tunedMcc) {

  static final String MARK = "mark";

  /** Setup 1 of FI-2010. */
  static final String ANCHORED = "fi2010-anchored";

  static List<Reference> all() {
    try (InputStream in = Reference.class.getResourceAsStream("reference.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("protocol,"))
          .map(Reference::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The public twin of one of our models. */
  static Optional<Reference> twin(List<Reference> all, Protocol protocol, int horizon, String of) {
    return all.stream().filter(r -> r.isOf(protocol, horizon) && r.twin().equals(of)).findFirst();
  }

  boolean isOf(Protocol some, int rowsAhead) {
    return isOf(some.word(), rowsAhead);
  }

  boolean isOf(String some, int rowsAhead) {
    return protocol.equals(some) && horizon == rowsAhead;
  }

  private static Reference of(String line) {
    String[] cells = line.split(",", -1);
    return new Reference(
        cells[0],
        Integer.parseInt(cells[1]),
        cells[2],
        cells[3],
        number(cells[4]),
        number(cells[5]),
        number(cells[6]),
        number(cells[7]),
        number(cells[8]),
        number(cells[9]));
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }
}
