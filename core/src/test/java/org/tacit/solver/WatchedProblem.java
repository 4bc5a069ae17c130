package org.tacit.solver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * Any problem, in all its parts, with what it is asked counted in passes (one an evaluation of a
 * point that is not known, one a Jacobian, one a product), of which only so many are finite. A
 * solve that does not end is an error once it has asked for {@value #ENDLESS} passes.
 */
final class WatchedProblem {
  private static final int ENDLESS = 100_000;

  private final int finite;
  private final Problem proxy;
  private int passes;

  /** Where a mirror problem was asked last, which costs no pass again. */
  private Object last = this;

  private WatchedProblem(Problem problem, int finite) {
    this.finite = finite;
    this.proxy = (Problem) watched(problem);
  }

  static WatchedProblem of(Problem problem) {
    return new WatchedProblem(problem, Integer.MAX_VALUE);
  }

  /** Not a number from that pass on. */
  static WatchedProblem finiteFor(int passes, Problem problem) {
    return new WatchedProblem(problem, passes);
  }

  Problem problem() {
    return proxy;
  }

  int passes() {
    return passes;
  }

  private static NotANumberException notANumber() {
    Var x = Var.input("x", Shape.SCALAR);
    try {
      Passes.over(Map.of())
          .evaluate(Program.of("y", x.log().node()), Map.of("x", Matrix.scalar(-1)));
    } catch (NotANumberException error) {
      return error;
    }
    throw new AssertionError("The logarithm of -1 is a number");
  }

  private Object watched(Object target) {
    Class<?> kind =
        target instanceof CompositeProblem
            ? CompositeProblem.class
            : target instanceof MirrorProblem
                ? MirrorProblem.class
                : target instanceof ClosableOperator
                    ? ClosableOperator.class
                    : target instanceof LinearOperator ? LinearOperator.class : Problem.class;
    return Proxy.newProxyInstance(
        WatchedProblem.class.getClassLoader(),
        new Class<?>[] {kind},
        (self, method, arguments) -> invoke(target, method, arguments));
  }

  private Object invoke(Object target, Method method, Object... arguments) throws Throwable {
    switch (method.getName()) {
      case "evaluate", "evaluateAll", "jacobian", "hessian", "apply" -> count();
      case "at" -> {
        boolean isKnown =
            target instanceof CompositeProblem parts && parts.knows((Matrix) arguments[0]);
        if (!isKnown && !arguments[0].equals(last)) {
          count();
        }
      }
      default -> {}
    }
    Object value = wrapped(call(target, method, arguments));
    boolean isPoint = List.of("evaluate", "at").contains(method.getName());
    last = target instanceof MirrorProblem && isPoint ? arguments[0] : last;
    return value;
  }

  private static Object call(Object target, Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException error) {
      throw error.getCause();
    }
  }

  private Object wrapped(Object value) {
    if (value instanceof Optional<?> optional) {
      boolean isWhole = optional.filter(DenseOperator.class::isInstance).isPresent();
      if (isWhole) {
        count();
      }
      return isWhole ? optional : optional.map(this::wrapped);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::wrapped).toList();
    }
    if (value instanceof Problem.Squares squares) {
      return new Problem.Squares(
          x -> {
            count();
            return (ClosableOperator) watched(squares.products().apply(x));
          });
    }
    if (value instanceof LinearOperator.Reduction reduction) {
      return reduction.through(inner -> (LinearOperator) watched(inner));
    }
    boolean isWatched =
        value instanceof Problem
            || value instanceof ClosableOperator
            || (value instanceof LinearOperator && !(value instanceof DenseOperator));
    return isWatched ? watched(value) : value;
  }

  private void count() {
    passes++;
    if (passes > ENDLESS) {
      throw new AssertionError("The solve does not end");
    }
    if (passes > finite) {
      throw notANumber();
    }
  }
}
