package org.tacit.loss;

import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;

/**
 * The Fenchel-Young loss of the projection on the probability simplex: max_p (p's - 1/2 |p|^2) +
 * 1/2 - s_y for scores s and a class y from 0 to K - 1.
 *
 * <p>The gradient is p - e_y with p the projection of s; its derivative is that of {@link Simplex}.
 * A class of score -infinity is masked; the loss of a row whose own class is masked is infinite.
 * Source: Martins and Astudillo, From softmax to sparsemax, 2016, section 3; JAXopt's
 * multiclass_sparsemax_loss.
 */
public record MulticlassSparsemax() implements Loss {
  @Override
  public String name() {
    return "multiclass-sparsemax";
  }

  @Override
  public Labels labels() {
    return Labels.CLASSES;
  }

  @Override
  public Var of(Var prediction, Var label) {
    FenchelYoung loss =
        FenchelYoung.of(
            Projection.ontoSimplex(Extent.ROWS, Var.constant(1))::of,
            p -> p.square().sumCols().times(0.5));
    Var scores = ClassScores.of(prediction, label).all();
    return loss.of(scores, OneHot.of(prediction, label));
  }
}
