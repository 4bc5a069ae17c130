package org.tacit.optimality;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

/**
 * An optimality condition F(x, theta) = 0, written once as a program on whole tables. Everything
 * else, that is the products with A = d1F and B = d2F that implicit differentiation needs, is
 * derived from it.
 *
 * <p>Sign: A dx + B dtheta = 0, everywhere. Source: Blondel et al., arXiv 2105.15183, section 2.1.
 */
public interface Condition {
  /** The length of x. */
  int unknowns();

  /** Where solvers start unless told: zero, or an inner point of a domain that zero is not in. */
  default Matrix start() {
    return Matrix.zeros(unknowns(), 1);
  }

  /** How theta is a structure of named values. */
  Parameters<?> layout();

  /** The length of theta. */
  default int parameters() {
    return layout().size();
  }

  /** F, unknowns x 1, in terms of {@link #x} and {@link #theta}. */
  Var residual();

  /** What it is besides an equation; nothing unless said. */
  default Kind kind() {
    return new Equation();
  }

  /** The same, where it is of this kind. */
  default <K extends Kind> Optional<K> as(Class<K> kind) {
    return Optional.of(kind()).filter(kind::isInstance).map(kind::cast);
  }

  /** What is promised of A near the solution; nothing unless said. */
  default Structure structure() {
    return Structure.GENERAL;
  }

  /** The symbol for the unknowns in {@link #residual}. */
  default Var x() {
    return Written.x(unknowns());
  }

  /** The symbol for the parameters in {@link #residual}. */
  default Var theta() {
    return Written.theta(parameters());
  }

  /** F at other values of a larger program. */
  default Var residual(Var xValue, Var thetaValue) {
    return Substitution.in(residual(), Map.of(x(), xValue, theta(), thetaValue));
  }

  /**
   * This condition in other parameters, of which theta is a program: B becomes B dg, and A stays.
   * So a problem in a user's units is solved in a standard form. Source: arXiv 2105.15183, section
   * 2.1, "pre-processing".
   */
  default <T> Condition reparametrised(Parameters<T> parameters, Function<T, Var> g) {
    Var symbol = Written.theta(parameters.size());
    return Written.reparametrised(this, parameters, g.apply(parameters.unpack(symbol)));
  }

  /**
   * This condition on programs that are written another way, such as on a part of the rows. Its
   * symbols stay, and so do maps of x alone: proximal maps, mirror maps and constraints. An
   * automatic step is that of the gradient as it is written then.
   */
  default Condition rewritten(UnaryOperator<Var> how) {
    return Written.rewritten(this, how);
  }

  /** What a condition is besides an equation: methods and certificates are chosen by it. */
  sealed interface Kind permits Equation, Gradient, Squares, Composite, Mirror, Constrained {
    /** The same where the symbol {@code theta} is this program. */
    Kind at(Var theta, Var value);

    /** The same of programs that are written another way. */
    Kind rewritten(UnaryOperator<Var> how);

    /** What automatic steps are steps along, where there are some. */
    default Optional<Var> descended() {
      return Optional.empty();
    }

    /** The objective that F is the gradient of in x, where it is one. */
    default Optional<Var> objective() {
      return Optional.empty();
    }

    /**
     * What is zero where a multiplier and what it belongs to both are, a column, where they are
     * known: there the solution map has a kink.
     */
    default Optional<Var> complementarity() {
      return Optional.empty();
    }
  }

  /** Nothing else is known of it. */
  record Equation() implements Kind {
    @Override
    public Kind at(Var theta, Var value) {
      return this;
    }

    @Override
    public Kind rewritten(UnaryOperator<Var> how) {
      return this;
    }
  }

  /** F is the gradient of f, 1 x 1. */
  record Gradient(Var f) implements Kind {
    @Override
    public Kind at(Var theta, Var value) {
      return new Gradient(Substitution.in(f, Map.of(theta, value)));
    }

    @Override
    public Kind rewritten(UnaryOperator<Var> how) {
      return new Gradient(how.apply(f));
    }

    @Override
    public Optional<Var> objective() {
      return Optional.of(f);
    }
  }

  /**
   * F is the gradient of f = 1/2 |r|^2, or of {@link LeastSquares} under robust losses.
   *
   * @param products J'J v, n x 1, for a symbol v, J being the Jacobian of r; J'W J v with weights
   */
  record Squares(Var f, UnaryOperator<Var> products) implements Kind {
    @Override
    public Kind at(Var theta, Var value) {
      Map<Var, Var> change = Map.of(theta, value);
      return new Squares(
          Substitution.in(f, change), v -> Substitution.in(products.apply(v), change));
    }

    @Override
    public Kind rewritten(UnaryOperator<Var> how) {
      return new Squares(how.apply(f), v -> how.apply(products.apply(v)));
    }

    @Override
    public Optional<Var> objective() {
      return Optional.of(f);
    }
  }

  /**
   * F is that of KKT.
   *
   * @param complementarity max(lam_i, -G_i) of each inequality; empty without any
   */
  record Constrained(Problem.Constraints constraints, Optional<Var> complementarity)
      implements Kind {
    @Override
    public Kind at(Var theta, Var value) {
      Map<Var, Var> change = Map.of(theta, value);
      return new Constrained(constraints, complementarity.map(q -> Substitution.in(q, change)));
    }

    @Override
    public Kind rewritten(UnaryOperator<Var> how) {
      return new Constrained(constraints, complementarity.map(how));
    }
  }
}
