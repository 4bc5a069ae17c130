package org.tacit.loss;

import java.util.Optional;
import org.tacit.primitive.Var;

/**
 * max_c s_c - s_y for scores s and a class y from 0 to K - 1.
 *
 * <p>Where several classes reach the largest, the derivative is the mean of theirs. A class of
 * score -infinity is masked; the loss of a row whose own class is masked is infinite. Source:
 * Crammer and Singer, Ultraconservative online algorithms for multiclass problems, 2003; JAXopt's
 * multiclass_perceptron_loss.
 */
public record MulticlassPerceptron() implements Loss {
  @Override
  public String name() {
    return "multiclass-perceptron";
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
    return scores.all().maxCols().minus(scores.own());
  }
}
