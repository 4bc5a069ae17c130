package org.tacit.model;

import java.util.List;
import java.util.Optional;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.primitive.Var;

/**
 * {@link Tuned#featureScales} and {@link Tuned#groupScales}.
 *
 * @param groupOf the group of each feature; empty where each has a scale of its own
 */
record FeatureScales(List<Integer> groupOf) implements Tuned {
  /** exp(2 omega) is a number, and not zero. */
  private static final double MOST = 350;

  FeatureScales {
    groupOf = List.copyOf(groupOf);
  }

  @Override
  public String key() {
    return groupOf.isEmpty() ? "feature-scales" : "group-scales";
  }

  @Override
  public int count(Model.Layout layout) {
    return groupOf.isEmpty()
        ? layout.features().size()
        : 1 + groupOf.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  @Override
  public String name(int k, Model.Layout layout) {
    return "scale of " + (groupOf.isEmpty() ? layout.features().get(k) : "group " + k);
  }

  @Override
  public double most() {
    return MOST;
  }

  @Override
  public void require(Loss loss, Schema schema, Model.Layout layout) {
    if (!groupOf.isEmpty() && groupOf.size() != layout.features().size()) {
      throw new ModelException(
          "model.groups",
          "Invalid model.groups: %s entries (must be %s, one for each feature)"
              .formatted(groupOf.size(), layout.features().size()));
    }
  }

  @Override
  public Optional<Var> units(Var omega) {
    Var ofEach = groupOf.isEmpty() ? omega : omega.rows(Penalty.keys(groupOf));
    return Optional.of(ofEach.negate().exp());
  }

  @Override
  public double unit(int feature, Matrix omega) {
    return Math.exp(-omega.at(groupOf.isEmpty() ? feature : groupOf.get(feature)));
  }
}
