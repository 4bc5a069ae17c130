package org.tacit.loss;

import java.util.Optional;
import org.tacit.primitive.Var;

/**
 * max_c (s_c + [c != y]) - s_y for scores s and a class y from 0 to K - 1.
 *
 * <p>Where several classes reach the largest, the derivative is the mean of theirs. A class of
 * score -infinity is masked; the loss of a row whose own class is masked is infinite. Source:
 * Crammer and Singer, On the algorithmic implementation of multiclass kernel-based vector machines,
 * 2001; JAXopt's multiclass_hinge_loss.
 */
public record MulticlassHinge() implements Loss {
  @Override
  public String name() {
    return "multiclass-hinge";
  }

  @Override
  public Labels labels() {
    return Labels.CLASSES;
  }

  @Override
  public Optional<String> smoothAlternative() {
    return Optional.of("multinomial or multiclass-sparsemax");
  }

  @Override
  public Var of(Var prediction, Var label) {
    ClassScores scores = ClassScores.of(prediction, label);
    Var others = Var.constant(1).minus(OneHot.of(prediction, label));
    return scores.all().plus(others).maxCols().minus(scores.own());
  }
}
