package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.LinearSolverLaws;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.ForwardingOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;

/** What is a problem, or an operator, but for a part of it loses nothing of the rest. */
class DecoratorsTest {
  private static final Matrix X = Matrix.column(0.5, 2);
  private static final DenseOperator DENSE =
      new DenseOperator(Matrix.identity(2), Structure.SYMMETRIC);

  private static final Problem.Evaluated EVALUATED =
      new Problem.Evaluated(OptionalDouble.empty(), Matrix.column(1, 1));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.tacit");

  /** Other operators that are made of one, which are known by other products. */
  private static final Set<String> MADE_OF_ANOTHER =
      Set.of(
          "org.tacit.operator.HeldBlock",
          "org.tacit.operator.HeldHessian",
          "org.tacit.operator.PickedParts",
          "org.tacit.operator.ProximalOperator",
          "org.tacit.operator.ProximalOperator$Restricted",
          "org.tacit.solver.HeldModels$Embedded",
          "org.tacit.solver.ProductModel$Damped");

  /**
   * A decorator.
   *
   * @param seen the interface of what it is around
   * @param own what it says itself
   */
  private record Decorator(
      String name, Class<?> seen, Set<String> own, Function<Object, Object> around) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A new decorator joins them, or the test fails. */
  static Stream<Decorator> decorators() {
    Budget budget = new Budget(Stopping.Watch.NONE);
    return Stream.of(
        new Decorator(
            "solver.Metered$Whole",
            Problem.class,
            Set.of(),
            p -> new Metered.Whole((Problem) p, iterates())),
        new Decorator(
            "solver.Metered$Part",
            Problem.class,
            Set.of(),
            p -> new Metered.Part((Problem) p, iterates())),
        new Decorator(
            "solver.Metered$Composite",
            CompositeProblem.class,
            Set.of("evaluate", "kind"),
            p -> new Metered.Composite((CompositeProblem) p, iterates())),
        new Decorator(
            "solver.Metered$Mirror",
            MirrorProblem.class,
            Set.of("evaluate", "kind"),
            p -> new Metered.Mirror((MirrorProblem) p, iterates())),
        new Decorator(
            "solver.AssumedConvex", Problem.class, Set.of(), p -> new AssumedConvex((Problem) p)),
        new Decorator(
            "solver.AssumedConvex$Hessian",
            ClosableOperator.class,
            Set.of("structure", "transpose"),
            a -> new AssumedConvex(withJacobian((ClosableOperator) a)).jacobian(X)),
        new Decorator(
            "solver.MeteredOperator",
            ClosableOperator.class,
            Set.of(),
            a -> MeteredOperator.of(budget, 2, () -> (ClosableOperator) a)),
        new Decorator(
            "solver.NormalSystem$Damped",
            ClosableOperator.class,
            Set.of("structure", "transpose", "block", "dual", "reduction", "close"),
            a -> new NormalSystem.Damped((ClosableOperator) a, 0.5)),
        new Decorator(
            "linsolve.CountedOperator",
            ClosableOperator.class,
            Set.of("close"),
            a -> LinearSolverLaws.counted((LinearOperator) a)));
  }

  private static Iterates iterates() {
    return new Iterates(withJacobian(DENSE), X, Stopping.relative(1e-9, 10));
  }

  private static Problem withJacobian(ClosableOperator a) {
    return new Problem() {
      @Override
      public int size() {
        return 2;
      }

      @Override
      public Evaluated evaluate(Matrix x) {
        return EVALUATED;
      }

      @Override
      public ClosableOperator jacobian(Matrix x) {
        return a;
      }
    };
  }

  @Test
  void allOfThemAreListed() {
    Set<String> found =
        MAIN.stream()
            .filter(type -> !type.isInterface())
            .filter(
                type ->
                    type.isAssignableTo(ForwardingProblem.class)
                        || type.isAssignableTo(ForwardingOperator.class))
            .map(type -> type.getName().substring("org.tacit.".length()))
            .collect(Collectors.toSet());
    assertThat(decorators().map(Decorator::name).collect(Collectors.toSet())).isEqualTo(found);
  }

  @Test
  void noneForwardsByHand() {
    List<JavaClass> byHand =
        MAIN.stream()
            .filter(type -> !type.isInterface() && !MADE_OF_ANOTHER.contains(type.getName()))
            .filter(
                type ->
                    isAround(type, Problem.class, ForwardingProblem.class)
                        || isAround(type, LinearOperator.class, ForwardingOperator.class))
            .toList();
    assertThat(byHand).isEmpty();
  }

  private static boolean isAround(JavaClass type, Class<?> kind, Class<?> forwarding) {
    return type.isAssignableTo(kind)
        && !type.isAssignableTo(forwarding)
        && type.getFields().stream()
            .filter(field -> !field.getModifiers().toString().contains("STATIC"))
            .map(JavaField::getRawType)
            .anyMatch(field -> field.isAssignableTo(kind));
  }

  @Test
  void theForwardingInterfacesSayAll() {
    assertThat(names(ForwardingProblem.class.getDeclaredMethods()))
        .containsAll(said(Problem.class));
    Set<String> ofOperator = new HashSet<>(said(LinearOperator.class));
    ofOperator.remove("transpose");
    assertThat(names(ForwardingOperator.class.getDeclaredMethods())).containsAll(ofOperator);
  }

  private static Set<String> said(Class<?> kind) {
    Set<String> said =
        names(
            Arrays.stream(kind.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toArray(Method[]::new));
    said.remove("as");
    return said;
  }

  private static Set<String> names(Method... methods) {
    return Arrays.stream(methods).map(Method::getName).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("decorators")
  void whatIsAskedReachesWhatItIsAround(Decorator decorator) throws Exception {
    Set<String> heard = new HashSet<>();
    Object inner =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {decorator.seen()},
            (self, method, arguments) -> {
              heard.add(method.getName());
              return answer(method);
            });
    Object outer = decorator.around().apply(inner);
    Set<String> expected = said(decorator.seen());
    expected.removeAll(decorator.own());
    for (Method method : decorator.seen().getMethods()) {
      if (expected.contains(method.getName())) {
        heard.clear();
        method.invoke(outer, arguments(method));
        assertThat(heard).contains(method.getName());
      }
    }
  }

  private static Object[] arguments(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(
            type ->
                type == Matrix.class
                    ? Matrix.column(3, 4)
                    : type == List.class
                        ? List.of(Matrix.column(3, 4), X)
                        : type == long.class ? (Object) 5L : type == int.class ? 2 : (Object) 0.5)
        .toArray();
  }

  private static Object answer(Method method) {
    return switch (method.getName()) {
      case "size", "rows", "cols" -> 2;
      case "evaluate" -> EVALUATED;
      case "evaluateAll" -> List.of(EVALUATED, EVALUATED);
      case "at" -> new Problem.Point(X, 1, X, X, 1);
      case "jacobian", "hessian", "wholeHessian", "transpose" -> DENSE;
      case "batches", "blocks" -> List.of();
      case "kind" -> new Problem.Equation();
      case "cost" -> Cost.ofMatrix(2);
      case "structure", "curvature" -> Structure.SYMMETRIC;
      case "isAffine", "isHeld", "isHessian", "knows" -> true;
      case "apply", "prox", "proxAlong", "step" -> X;
      case "close" -> null;
      default -> Optional.empty();
    };
  }

  /** What a problem is besides an equation counts inside a solve, and is nothing without budget. */
  @Test
  void everyPartCounts() {
    Problem squares =
        new ForwardingProblem() {
          @Override
          public Problem problem() {
            return withJacobian(DENSE);
          }

          @Override
          public Kind kind() {
            return new Squares(x -> DENSE);
          }
        };
    Iterates iterates = new Iterates(squares, X, Stopping.relative(1e-9, 10).withMaxPasses(3));
    var products =
        new Metered.Whole(squares, iterates).as(Problem.Squares.class).orElseThrow().products();
    assertThat(products.apply(X).apply(X)).isEqualTo(X);
    assertThat(iterates.isOpen()).isFalse();
    assertThat(products.apply(X).apply(X).isFinite()).isFalse();
    assertThat(new Metered.Whole(squares, iterates).evaluate(Matrix.zeros(2, 1)).residual().at(0))
        .isNaN();
    assertThat(iterates.solution("none", Outcome.STALLED).passes()).isEqualTo(3);
  }
}
