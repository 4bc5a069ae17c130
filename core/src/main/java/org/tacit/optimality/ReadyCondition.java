package org.tacit.optimality;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.JacobianOperator;
import org.tacit.operator.MarginHessian;
import org.tacit.operator.Structure;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * A condition with its programs, ready to be evaluated; bound to a theta and to tables it is a
 * {@link Problem}.
 */
public final class ReadyCondition {
  private final Condition condition;
  private final Program evaluation;
  private final JacobianOperator.Linearised jacobian;
  private final boolean isAffine;
  private Optional<Optional<MarginHessian>> margins = Optional.empty();
  private Optional<Boolean> isThetaApart = Optional.empty();
  private final Optional<JacobianOperator.Linearised> squares; // linear in v: its own derivative
  private final Optional<CompositePrograms> composite;
  private final Optional<MirrorPrograms> mirror;

  private ReadyCondition(Condition condition) {
    this.condition = condition;
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("residual", condition.residual().node());
    condition.kind().objective().ifPresent(f -> outputs.put("objective", f.node()));
    this.evaluation = Program.of(outputs);
    this.jacobian = linearised(condition);
    this.isAffine =
        !jacobian.inputs().contains("x") && !Affinity.jumps(condition.residual(), condition.x());
    Var v = Var.input("v", condition.x().shape());
    this.squares =
        condition
            .as(Condition.Squares.class)
            .map(f -> JacobianOperator.of(f.products().apply(v), v, Structure.SYMMETRIC));
    this.composite =
        condition
            .as(Composite.class)
            .map(parts -> new CompositePrograms(condition, parts, jacobian));
    this.mirror =
        condition.as(Mirror.class).map(parts -> new MirrorPrograms(condition, parts, jacobian));
  }

  private static JacobianOperator.Linearised linearised(Condition condition) {
    boolean isGradient = condition.kind().objective().isPresent();
    return isGradient
        ? JacobianOperator.ofGradient(condition.residual(), condition.x(), condition.structure())
        : JacobianOperator.of(condition.residual(), condition.x(), condition.structure());
  }

  /** Derives the programs of a condition, once for all its solves. */
  public static ReadyCondition of(Condition condition) {
    return new ReadyCondition(condition);
  }

  public Condition condition() {
    return condition;
  }

  /** The condition at one theta on the tables of {@code passes}. */
  public Problem at(Passes passes, Matrix theta) {
    return at(passes, theta, step(theta));
  }

  /**
   * The condition at one theta, its tables those that are made for the x it is asked for, such as a
   * list of neighbours; F must be the same function of x on all of them.
   */
  public Problem following(Function<Matrix, Passes> tables, Matrix theta) {
    return new FollowingProblem(this, tables, theta);
  }

  /** The same with an automatic step that others share. */
  public Problem at(Passes passes, Matrix theta, AnchoredStep step) {
    Bound bound = new Bound(passes, theta, step);
    return composite
        .<Problem>map(parts -> parts.at(bound))
        .or(() -> mirror.map(parts -> parts.at(bound)))
        .orElse(new At(bound));
  }

  /** The Hessian by margins, looked for when first asked for. */
  private synchronized Optional<MarginHessian> margins() {
    if (margins.isEmpty()) {
      margins =
          Optional.of(
              condition
                  .kind()
                  .objective()
                  .flatMap(f -> MarginHessian.of(f, condition.x(), jacobian)));
    }
    return margins.get();
  }

  /**
   * Whether what theta does to F does not depend on rows, as a penalty does not: dF/dtheta, of a
   * composite objective that of the gradient of its smooth part, reads none.
   */
  public synchronized boolean isThetaApart() {
    if (isThetaApart.isEmpty()) {
      Var smooth = condition.kind().descended().orElse(condition.residual());
      Var tangent = Var.input("tangent", condition.theta().shape());
      Program along = Program.of("along", Jvp.of(smooth, condition.theta(), tangent).node());
      isThetaApart =
          Optional.of(along.nodes().stream().noneMatch(node -> node.shape().isSharded()));
    }
    return isThetaApart.get();
  }

  /** The condition's automatic step for a solve. */
  public AnchoredStep step(Matrix theta) {
    return AnchoredStep.of(condition, theta);
  }

  private static Problem.Evaluated evaluated(Map<String, Matrix> outputs) {
    Matrix value = outputs.get("objective");
    return new Problem.Evaluated(
        value == null ? OptionalDouble.empty() : OptionalDouble.of(value.value()),
        outputs.get("residual"));
  }

  private final class At implements Problem {
    private final Bound bound;

    At(Bound bound) {
      this.bound = bound;
    }

    @Override
    public int size() {
      return condition.unknowns();
    }

    @Override
    public Kind kind() {
      return squares
          .<Kind>map(jj -> new Squares(x -> jj.at(bound.passes(), bound.at(x))))
          .or(() -> condition.as(Condition.Constrained.class).map(c -> c.constraints()))
          .orElse(new Equation());
    }

    @Override
    public Evaluated evaluate(Matrix x) {
      return evaluateAll(List.of(x)).get(0);
    }

    @Override
    public List<Evaluated> evaluateAll(List<Matrix> points) {
      List<Evaluated> there =
          bound.evaluate(evaluation, points).stream().map(ReadyCondition::evaluated).toList();
      for (int k = 0; k < points.size(); k++) {
        bound.step().seesScaled(points.get(k), there.get(k).residual());
      }
      return there;
    }

    @Override
    public List<Problem> batches(int count, long seed) {
      return bound.batches(count, seed, At::new);
    }

    @Override
    public Optional<DenseOperator> wholeJacobian(Matrix x) {
      return isHeld() ? Optional.empty() : Optional.of(whole(x));
    }

    private DenseOperator whole(Matrix x) {
      return margins()
          .map(hessian -> hessian.whole(bound.step().held(bound.passes(), x), bound.at(x)))
          .orElseGet(() -> bound.whole(jacobian, x));
    }

    @Override
    public boolean isHeld() {
      return rowsHeld().isPresent();
    }

    /** Where unknowns are more than rows, and too many for a matrix of their own. */
    private Optional<MarginHessian> rowsHeld() {
      boolean isWide =
          condition.structure() == Structure.POSITIVE_DEFINITE
              && jacobian.rows(bound.passes()) < condition.unknowns()
              && !jacobian.cost(bound.passes()).isCheapInSteps();
      return isWide ? margins().filter(found -> found.canBeHeld(bound.passes())) : Optional.empty();
    }

    @Override
    public boolean isAffine() {
      return isAffine;
    }

    @Override
    public Cost cost() {
      return rowsHeld()
          .map(found -> found.costHeld(bound.passes()))
          .orElse(jacobian.cost(bound.passes()));
    }

    @Override
    public ClosableOperator jacobian(Matrix x) {
      return rowsHeld()
          .<ClosableOperator>map(found -> found.held(bound.passes(), bound.at(x)))
          .orElseGet(() -> bound.jacobian(jacobian, x));
    }
  }
}
