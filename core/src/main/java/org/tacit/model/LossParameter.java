package org.tacit.model;

import java.util.Optional;
import org.tacit.loss.Loss;
import org.tacit.loss.Parameter;
import org.tacit.primitive.Var;

/** {@link Tuned#parameter}. */
record LossParameter(Parameter stated, double begin) implements Tuned {
  /** Where a parameter is infinite for no doubles, nor its square. */
  private static final double MOST = 350;

  static LossParameter of(Parameter stated) {
    double begin = stated.link().inverse(stated.value());
    if (!Double.isFinite(begin)) {
      throw new ModelException(
          "model." + stated.name(),
          "Invalid model.%s: %s in model.tune (must be inside its bounds, where tuning can begin: give it a value %s)"
              .formatted(stated.name(), stated.value(), stated.link().within()));
    }
    return new LossParameter(stated, begin);
  }

  @Override
  public String key() {
    return stated.name();
  }

  @Override
  public Optional<String> parameter() {
    return Optional.of(stated.name());
  }

  @Override
  public int count(Model.Layout layout) {
    return 1;
  }

  @Override
  public String name(int k, Model.Layout layout) {
    return stated.name();
  }

  @Override
  public double start(int k) {
    return begin;
  }

  @Override
  public double most() {
    return MOST;
  }

  @Override
  public Loss loss(Loss loss, Var omega) {
    return loss.with(stated.name(), stated.link().of(omega));
  }
}
