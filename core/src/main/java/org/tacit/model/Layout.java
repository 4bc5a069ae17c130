package org.tacit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the unknowns of a model are: coefficients W (features x outputs, row by row), then an
 * intercept for each output where there are any.
 */
public record Layout(List<String> features, int outputs, boolean hasIntercept) {
  public Layout {
    features = List.copyOf(features);
  }

  /** The number of coefficients, the intercepts not counted. */
  public int coefficients() {
    return features.size() * outputs;
  }

  /** The number of unknowns. */
  public int size() {
    return coefficients() + (hasIntercept ? outputs : 0);
  }

  /** Unknown {@code i} as messages call it: the coefficient of x3 for class 1. */
  public String described(int i) {
    String ofClass = outputs > 1 ? " for class " + i % outputs : "";
    return i < coefficients()
        ? "the coefficient of " + features.get(i / outputs) + ofClass
        : "the intercept" + ofClass;
  }

  /** The names of a table of the unknowns: a row for each feature, and one of the intercepts. */
  public List<String> rows() {
    List<String> names = new ArrayList<>(features);
    if (hasIntercept) {
      names.add("(intercept)");
    }
    return names;
  }

  /** The names of its columns. */
  public List<String> columns() {
    return outputs == 1
        ? List.of("coefficient")
        : IntStream.range(0, outputs).mapToObj(k -> "class " + k).toList();
  }

  /** The name of each unknown. */
  public List<String> names() {
    return outputs == 1
        ? rows()
        : rows().stream()
            .flatMap(row -> columns().stream().map(column -> row + ", " + column))
            .toList();
  }
}
